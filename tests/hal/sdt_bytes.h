// Bytes as they stand in the protocol's papers, and a digest of them.
#pragma once

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.h"
#include "hal/id_card/person_record.h"
#include "hal/id_card/sdt_frame.h"
#include "hal/id_card/sdt_status.h"
#include "hal/simulated/specimen_bytes.h"
#include "tests/hal/sdt_vectors.h"

namespace sdt_bytes {

using Bytes = std::vector<std::uint8_t>;

constexpr std::chrono::year_month_day kToday{std::chrono::year{2026} / 11 / 23};

inline Bytes hex(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ' ');
  return base::from_hex(digits).value();
}

inline std::string sha256(std::span<const std::uint8_t> bytes) {
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  return base::to_hex(digest);
}

inline hal::TextBlock text_block(std::string_view digits) {
  hal::TextBlock block{};
  std::ranges::copy(hex(digits), block.begin());
  return block;
}

inline hal::TextBlock text_of(std::string_view id) {
  return text_block(std::ranges::find(sdt_vectors::kPersons, id, &sdt_vectors::PersonVector::id)->text_hex);
}

// The whole answer to 30 01 or 30 10 for a card with this text, checksum right.
inline Bytes read_frame(hal::TextBlockView text, hal::SdtCommand command = hal::SdtCommand::read_text,
                        std::size_t fingerprint = 0) {
  const auto data =
      hal::encode_read_data(command, text, hal::specimen_photo(hal::kPhotoBytes), hal::specimen_fingerprint(fingerprint));
  return hal::encode_sdt_answer(hal::kSdtOk, data);
}

// Makes the checksum right again after a change.
inline void fix_checksum(Bytes& frame) {
  frame.back() = 0;
  for (std::size_t i = 5; i + 1 < frame.size(); ++i) frame.back() ^= frame[i];
}

}  // namespace sdt_bytes
