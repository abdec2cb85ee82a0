// The operating system of a chip card (ISO 7816-4): selects an application and files, reads records, bytes and objects, nothing
// else.
// One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hal/pcsc/apdu.h"
#include "hal/simulated/card_image.h"

namespace hal {

class CardFirmware {
 public:
  explicit CardFirmware(CardImage image) : image_(std::move(image)) {}

  void reset();  // power-up: nothing is selected
  std::vector<std::uint8_t> answer(std::span<const std::uint8_t> command);
  const std::vector<std::uint8_t>& atr() const { return image_.atr; }

  // Answers come in pieces of at most so many bytes, each but the last with 61xx; 0 = whole.
  void set_piece_size(std::size_t bytes) { piece_size_ = bytes; }

 private:
  ResponseApdu carry_out(const CommandApdu& command);
  ResponseApdu select(const CommandApdu& command);
  ResponseApdu read_record(const CommandApdu& command);
  ResponseApdu read_bytes(const CommandApdu& command);
  ResponseApdu read_object(const CommandApdu& command) const;
  ResponseApdu next_piece(std::size_t most);
  const CardFile* file(std::uint16_t id) const;

  CardImage image_;
  bool selected_ = false;
  const CardFile* current_ = nullptr;
  std::size_t piece_size_ = 0;
  std::vector<std::uint8_t> waiting_;  // for GET RESPONSE
};

}  // namespace hal
