// links: linli_hal
// Any bytes as a command, a response and a chain of objects: refused, or the same again when written; and a card that is
// asked them answers something that can be read.

#include "hal/pcsc/apdu.h"
#include "hal/pcsc/tlv.h"
#include "hal/simulated/card_firmware.h"
#include "tests/fuzz/require.h"

namespace {

void check_command(std::span<const std::uint8_t> bytes) {
  const auto command = hal::decode_command(bytes);
  if (!command) return;
  const auto written = hal::encode_command(*command);
  require(written.has_value());
  require(std::vector<std::uint8_t>(bytes.begin(), bytes.end()) == *written);
}

void check_response(std::span<const std::uint8_t> bytes) {
  const auto response = hal::decode_response(bytes);
  if (response) require(response->data.size() + 2 == bytes.size());
}

void check_objects(std::span<const std::uint8_t> bytes) {
  const auto* const end = bytes.data() + bytes.size();
  while (true) {
    const auto before = bytes.size();
    const auto object = hal::take_tlv(bytes);
    if (!object) {
      require(bytes.size() == before);
      return;
    }
    require(bytes.size() < before && object->value.data() + object->value.size() == bytes.data());
    require(bytes.data() + bytes.size() == end);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  check_command(bytes);
  check_response(bytes);
  check_objects(bytes);
  hal::CardFirmware card(hal::social_security_image(hal::social_security_holder()));
  if (size > 0) card.set_piece_size(data[0] % 8U);
  (void)card.answer(std::vector<std::uint8_t>{0,    0xA4, 4,    0,    15,   0x73, 0x78, 0x31, 0x2E, 0x73,
                                              0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF});
  require(hal::decode_response(card.answer(bytes)).has_value());
  return 0;
}
