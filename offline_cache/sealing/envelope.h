// Seals an application to the office and signs it. The envelope is made once; it is what is stored and what is sent, byte
// for byte.
//
//   plaintext  {"application":{…},"header":{…},"salt":"<32 hex>"}       canonical JSON; with attachments also
//              "parts":[{"bytes":…,"field":…,"media_type":…,"sha256":…},…] (offline_cache/sealing/part.h)
//   header     {"clock":…,"created":…,"device":…,"id":…,"kid":…,"suite":…,"terminal":…,"version":2}
//   envelope   {"header":{…},"sealed":"<base64 of the sealed plaintext>","signature":"<base64>"}
//
// The header stands outside and inside, because a sealed box has no associated data: the office compares them. The salt
// is there because forms are low in entropy: without it, whoever steals the digest could confirm guesses. The signature is
// the device key's (`device` names it), over "linli-envelope-v2", the header and the base64 text, each ended by a line feed:
// a sealed box names no sender, and without it anyone who can write to the disk could add applications.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sealing/device_key.h"
#include "offline_cache/sealing/office_key.h"
#include "offline_cache/submission.h"

namespace offline_cache {

inline constexpr int kEnvelopeVersion = 2;                     // 1 had no device and no signature; no release made it
inline constexpr std::size_t kLongestEnvelope = 256U * 1024U;  // bytes
inline constexpr std::size_t kLongestTerminal = 32;            // bytes

struct Origin {  // where and when the application was confirmed
  std::string terminal;
  base::WallTime created;
  bool clock_synchronised = false;
};

// Its attachments are sealed with it, as parts. Every plaintext copy made here is overwritten before it returns. `internal` when
// the application is not a JSON object or too long, or an attachment is, save_no_seal_key or save_no_device_key when a key cannot
// be used.
base::Result<Envelope> seal(const Submission& submission, const Origin& origin, const OfficeKey& key, const DeviceKey& device,
                            base::Random& random);

struct EnvelopeHeader {
  base::Uuid id;
  int version = 0, suite = 0;
  std::string key_id;
};
// Reads a stored envelope's clear header, strictly; for rows found in a damaged store. Any version and suite there ever was.
base::Result<EnvelopeHeader> read_envelope_header(std::string_view envelope);

}  // namespace offline_cache
