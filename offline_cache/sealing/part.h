// Seals one attachment to the office and signs it, as envelope.h does with the application. What comes out is called a part:
//
//   linli-part 1\n
//   <header>\n                        {"application":"<uuid>","device":…,"kid":…,"part":1,"suite":…,"terminal":…,"version":1}
//   <signature, base64>\n             the device's, over "linli-part-v1", the header and SHA-256 of the sealed bytes in hex, each
//                                     ended by a line feed
//   <sealed bytes>                    to their end; of the plaintext {"field":…,"header":{…},"media_type":…}\n<attachment>
//
// Application and part name each other: the header stands outside and inside and has the application's id, and the sealed
// application lists the SHA-256 of each part. So none can be exchanged, left out or added on the way. Every sealing draws fresh
// keys, so that the digest says nothing about what is in it. docs/decisions/attachments.md.
#pragma once

#include <string>

#include "base/result.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sealing/device_key.h"
#include "offline_cache/sealing/office_key.h"
#include "offline_cache/submission.h"

namespace offline_cache {

inline constexpr std::size_t kLargestPart = kLargestAttachment + 4096;  // bytes of a whole part

// Which part it is, of what, and from where.
struct PartPlace {
  base::Uuid application;
  int ordinal = 1;
  std::string terminal;
};

// `internal` when the attachment is empty, too large or misnamed; else as seal() of envelope.h. Every plaintext copy made here
// is overwritten before it returns.
base::Result<SealedPart> seal_part(const Attachment& attachment, const PartPlace& place, const OfficeKey& key,
                                   const DeviceKey& device);

// How the sealed application names a part: {"bytes":<of the part>,"field":…,"media_type":…,"sha256":"<hex>"}.
std::string part_entry(const Attachment& attachment, const SealedPart& part);

}  // namespace offline_cache
