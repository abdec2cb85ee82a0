#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ui {

struct Pictogram {
  std::string_view name;  // Material Design Icons name, as service definitions give it
  char32_t code_point;
};

// All that screens and services may use; a test looks each up in the font.
std::span<const Pictogram> all_pictograms();
// UTF-8 of the glyph; an unknown name gives the sheet of paper.
std::string pictogram(std::string_view name);

}  // namespace ui
