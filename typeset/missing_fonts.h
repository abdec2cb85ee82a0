#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace typeset {

// Fonts of other scripts and of rare characters in names that the file's folders lack, each with the Debian package to install;
// the rest is shown without them. font_missing when one is lacking without which nothing can be shown.
base::Result<std::vector<std::string>> missing_fonts(const std::string& fonts_conf);

}  // namespace typeset
