#pragma once

#include <string>
#include <string_view>

namespace ui {

// BCP 47 for fonts and voices, from the name of a .po file: "zh" → "zh-Hans"; the others are tags already.
inline std::string language_tag(std::string_view language) { return language == "zh" ? "zh-Hans" : std::string(language); }

}  // namespace ui
