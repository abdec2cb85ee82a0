// Whether bytes are a compiled gettext catalogue (.mo) in UTF-8 whose every offset stays inside. Boost.Locale follows offsets
// without looking, so a torn file would crash the program.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace kiosk {

inline constexpr std::size_t kLargestCatalogue = 1024 * 1024;  // bytes

// text_catalogue_broken with the reason.
base::Status check_mo_file(std::string_view bytes);

}  // namespace kiosk
