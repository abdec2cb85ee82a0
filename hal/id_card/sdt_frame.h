// Frames on the wire between host and security module (GA/T 467):
//
//   question  AA AA AA 96 69 | length, 2 bytes big-endian | command parameter [data] | checksum
//   answer    AA AA AA 96 69 | length                     | SW1 SW2 SW3 [data]       | checksum
//
// The length counts what follows it; the checksum is the XOR of everything between preamble and itself. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hal/id_card/sdt_command.h"

namespace hal {

std::vector<std::uint8_t> encode_sdt_question(SdtCommand command, std::span<const std::uint8_t> data = {});
// What a module sends; the simulated one uses it. SW1 and SW2 are 00 in everything published.
std::vector<std::uint8_t> encode_sdt_answer(std::uint8_t sw3, std::span<const std::uint8_t> data = {});

struct SdtAnswer {
  std::uint8_t sw3 = 0;
  std::span<const std::uint8_t> data;  // valid until the decoder is used again
};

// Finds the answer to one question in whatever the line brings. It searches for AA 96 69 (damage seen in the field sits
// in the bytes before), believes only a length the question can have, then the checksum, then a status that fits; when
// anything fails it drops one byte and searches on. The buffer is fixed: no length from outside allocates anything. It
// may hold a person's data and is overwritten by wipe(), expect() and the destructor.
class SdtDecoder {
 public:
  SdtDecoder() = default;
  ~SdtDecoder() { wipe(); }
  SdtDecoder(const SdtDecoder&) = delete;
  SdtDecoder& operator=(const SdtDecoder&) = delete;

  // Forgets everything and waits for the answer to `command`.
  void expect(SdtCommand command);
  // Takes bytes as they come. Gives the answer when it is complete; bytes behind it are dropped.
  std::optional<SdtAnswer> feed(std::span<const std::uint8_t> bytes);
  void wipe();

  // A frame has begun since expect(): from now on silence means damage, not patience.
  bool begun() const { return begun_; }
  // Frames since expect() that were not the answer: wrong checksum, length or status.
  unsigned damaged() const { return damaged_; }

 private:
  std::optional<SdtAnswer> search();
  bool at_frame_start() const;
  void advance();

  static constexpr std::size_t kHeader = 5;  // AA 96 69 and the length
  std::array<std::uint8_t, kHeader + kSdtLongestAnswer> buffer_{};
  std::size_t size_ = 0;
  SdtCommand command_ = SdtCommand::status;
  bool begun_ = false;
  unsigned damaged_ = 0;
};

}  // namespace hal
