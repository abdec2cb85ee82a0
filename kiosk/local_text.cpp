#include "kiosk/local_text.h"

namespace kiosk {

std::string_view LocalText::in(std::string_view language) const {
  const std::string_view written = language.substr(0, language.find('-'));
  for (const std::string_view wanted : {language, written, std::string_view("en")})
    if (const auto found = texts_.find(std::string(wanted)); found != texts_.end()) return found->second;
  return texts_.empty() ? std::string_view{} : std::string_view(texts_.begin()->second);
}

}  // namespace kiosk
