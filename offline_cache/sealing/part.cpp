#include "offline_cache/sealing/part.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "offline_cache/sealing/envelope.h"
#include "offline_cache/sealing/suite.h"

namespace offline_cache {
namespace {

using base::Failure;

bool consists_of(std::string_view text, std::string_view signs) {
  return std::ranges::all_of(
      text, [&](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || signs.find(c) != std::string_view::npos; });
}

bool is_well_formed(const Attachment& a) {
  return !a.bytes.empty() && a.bytes.size() <= kLargestAttachment && !a.field.empty() && a.field.size() <= kLongestField &&
         consists_of(a.field, "_-") && !a.media_type.empty() && a.media_type.size() <= kLongestMedia &&
         consists_of(a.media_type, "/.+-");
}

base::Result<std::string> header_of(const PartPlace& place, const OfficeKey& key, const DeviceKey& device) {
  try {
    return nlohmann::json{{"application", place.application.text()},
                          {"device", device.id()},
                          {"kid", key.id},
                          {"part", place.ordinal},
                          {"suite", key.suite},
                          {"terminal", place.terminal},
                          {"version", 1}}
        .dump();
  } catch (const std::exception&) { return base::Error{Failure::internal, "the terminal's name is not UTF-8"}; }
}

base::Secret plaintext_of(const Attachment& attachment, std::string_view header) {
  base::Secret plaintext(
      fmt::format(R"({{"field":"{}","header":{},"media_type":"{}"}})", attachment.field, header, attachment.media_type));
  plaintext.append("\n");
  plaintext.append(attachment.bytes.reveal());
  return plaintext;
}

}  // namespace

base::Result<SealedPart> seal_part(const Attachment& attachment, const PartPlace& place, const OfficeKey& key,
                                   const DeviceKey& device) {
  if (!is_well_formed(attachment)) return base::Error{Failure::internal, "an attachment is empty, too large or misnamed"};
  if (place.terminal.size() > kLongestTerminal) return base::Error{Failure::internal, "the terminal's name is too long"};
  const auto header = header_of(place, key, device);
  if (!header) return header.error();
  const Suite* suite = find_suite(key.suite);
  const auto sealed = suite == nullptr ? std::nullopt : suite->seal(plaintext_of(attachment, *header).reveal(), key.public_key);
  if (!sealed) return base::Error{Failure::save_no_seal_key, "sealing failed"};
  const auto signature = device.sign(fmt::format("linli-part-v1\n{}\n{}\n", *header, base::to_hex(sha256(*sealed))));
  if (!signature) return signature.error();
  SealedPart part;
  part.bytes = fmt::format("linli-part 1\n{}\n{}\n", *header, base64(*signature)) + *sealed;
  part.digest = sha256(part.bytes);
  return part;
}

std::string part_entry(const Attachment& attachment, const SealedPart& part) {
  return fmt::format(R"({{"bytes":{},"field":"{}","media_type":"{}","sha256":"{}"}})", part.bytes.size(), attachment.field,
                     attachment.media_type, base::to_hex(part.digest));
}

}  // namespace offline_cache
