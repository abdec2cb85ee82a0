// Seals an application to the office. The envelope is made once; it is what is stored and what is sent, byte for byte.
//
//   plaintext  {"application":{…},"header":{…},"salt":"<32 hex>"}       canonical JSON
//   header     {"clock":…,"created":…,"id":…,"kid":…,"suite":1,"terminal":…,"version":1}
//   envelope   {"header":{…},"sealed":"<base64 of the sealed plaintext>"}
//
// The header stands outside and inside, because a sealed box has no associated data: the office compares them. The salt
// is there because forms are low in entropy: without it, whoever steals the digest could confirm guesses.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sealing/office_key.h"
#include "offline_cache/submission.h"

namespace offline_cache {

inline constexpr int kEnvelopeVersion = 1;
inline constexpr std::size_t kLongestEnvelope = 256U * 1024U;  // bytes
inline constexpr std::size_t kLongestTerminal = 32;            // bytes

struct Origin {  // where and when the application was confirmed
  std::string terminal;
  base::WallTime created;
  bool clock_synchronised = false;
};

// Every plaintext copy made here is overwritten before it returns. `internal` when the application is not a JSON object
// or too long, save_no_seal_key when the key cannot be used.
base::Result<Envelope> seal(const Submission& submission, const Origin& origin, const OfficeKey& key, base::Random& random);

struct EnvelopeHeader {
  base::Uuid id;
  int version = 0, suite = 0;
  std::string key_id;
};
// Reads a stored envelope's clear header, strictly; for rows found in a damaged store.
base::Result<EnvelopeHeader> read_envelope_header(std::string_view envelope);

}  // namespace offline_cache
