// JSON that holds personal values for a moment: its texts are overwritten when it dies.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace kiosk {

// Overwrites every text inside and leaves null.
void wipe(nlohmann::json& value);
// A JSON text that went through no intermediate string.
nlohmann::json json_text(std::string_view text);

class PlainJson {
 public:
  explicit PlainJson(nlohmann::json json = {}) : value(std::move(json)) {}
  ~PlainJson() { wipe(value); }
  PlainJson(const PlainJson&) = delete;
  PlainJson& operator=(const PlainJson&) = delete;

  nlohmann::json value;
};

}  // namespace kiosk
