// What a simulated chip card has inside: its ATR, one application, and files of records or bytes. All people fictional.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "hal/person.h"

namespace hal {

struct CardFile {
  std::uint16_t id = 0;
  std::map<std::uint8_t, std::vector<std::uint8_t>> records;
  std::vector<std::uint8_t> bytes;  // instead of records
};

struct CardImage {
  std::vector<std::uint8_t> atr;
  std::vector<std::uint8_t> aid;
  std::vector<CardFile> files;
  std::map<std::uint16_t, std::vector<std::uint8_t>> objects = {};  // by tag: what GET DATA gives
};

// With `compact` records are as long as what is in them, so that a card answers 6Cxx to the usual lengths. An empty image,
// which answers like a card without any file, when the person does not fit.
CardImage social_security_image(const Person& person, bool compact = false);
CardImage estonian_image();
CardImage nhi_image();
CardImage belgian_image();
CardImage unknown_image();  // a card of some bank

// Two holders of social-security cards: 测试己 and 样本·庚辛, region 000000.
Person social_security_holder();
Person other_social_security_holder();

}  // namespace hal
