#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "kiosk/translations.h"

namespace ui {

// The product's words in the language of the visit.
struct Words {
  const kiosk::Translations& translations;
  kiosk::Language language;

  std::string text(std::string_view msgid) const { return translations.text(msgid, language); }
  std::string plural(std::string_view one, std::string_view many, int n) const {
    return translations.plural(one, many, n, language);
  }
  std::string local(const kiosk::LocalText& text) const { return std::string(text.in(language)); }
};

// "{name}" in `text` replaced by its value.
std::string filled(std::string text, std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace ui
