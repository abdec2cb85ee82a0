#include "gateway/digest.h"

#include <sodium.h>

#include <algorithm>

#include "gateway/base64.h"

namespace gateway {
namespace {

constexpr std::string_view kStart = "sha-256=:";
constexpr std::string_view kEnd = ":";

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest digest{};
  static_assert(std::tuple_size_v<Digest> == crypto_hash_sha256_BYTES);
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

std::string to_field(const Digest& digest) {
  const std::string_view bytes(reinterpret_cast<const char*>(digest.data()), digest.size());
  return std::string(kStart) + to_base64(bytes) + std::string(kEnd);
}

std::optional<Digest> digest_from_field(std::string_view field) {
  if (!field.starts_with(kStart) || !field.ends_with(kEnd) || field.size() < kStart.size() + kEnd.size()) return std::nullopt;
  field.remove_prefix(kStart.size());
  field.remove_suffix(kEnd.size());
  const auto bytes = from_base64(field);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

}  // namespace gateway
