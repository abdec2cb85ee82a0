// What is known of the paper, on every page that prints something, with what the resident can do about it.
#pragma once

#include "ui/screens/page.h"

namespace ui {

struct PrintWords {
  std::string printing, printed, no_paper;
  std::string without_paper{};  // what holds without it; empty: what the printer's failure says
};
void add_print(Page& page, Flow& flow, const PrintWords& words);

}  // namespace ui
