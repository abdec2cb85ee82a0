// What a visit must not leave behind, in every form it may have on its way through a program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hal/person.h"

namespace journeys {

struct Needle {
  std::string name;        // what it is and how it is written: "name, UTF-16"
  std::string bytes;       // at least two
  std::size_t unit = 0;    // bytes that stand together; 0: all of them
  std::size_t stride = 0;  // from one unit to the next
};

class Sentinels {
 public:
  // As UTF-8, UTF-16, UTF-32, GB 18030, with JSON's escapes, and as the text engine takes it apart.
  void add(const std::string& name, std::string_view utf8);
  // Any eight of them in a row, and whole as they are grouped on the screen.
  void add_digits(const std::string& name, std::string_view digits, std::string_view grouped = {});
  // As they are: of a picture, for example.
  void add_bytes(const std::string& name, std::string_view bytes);
  // Name, number and address.
  void add(const hal::Person& person);

  const std::vector<Needle>& needles() const { return needles_; }
  // How many different things were added, and which of them stand among what was found.
  const std::vector<std::string>& names() const { return names_; }

 private:
  void add_forms(const std::string& name, std::string_view utf8);
  std::vector<Needle> needles_;
  std::vector<std::string> names_;
};

}  // namespace journeys
