#include "kiosk/plain_json.h"

#include "base/secret.h"

namespace kiosk {

void wipe(nlohmann::json& value) {
  if (value.is_string())
    base::wipe(value.get_ref<std::string&>());
  else if (value.is_structured())
    for (auto& item : value) wipe(item);
  value = nullptr;
}

nlohmann::json json_text(std::string_view text) {
  // A std::string argument would leave a short text behind on the stack.
  nlohmann::json value(nlohmann::json::value_t::string);
  value.get_ref<std::string&>().assign(text);
  return value;
}

}  // namespace kiosk
