// How personal values appear where others might look: enough to recognise one's own, not enough to use.
#pragma once

#include <string>
#include <string_view>

namespace kiosk {

std::string masked_name(std::string_view name);      // 王秀兰 → 王*兰, 王兰 → 王*, other scripts: first letter and *
std::string masked_number(std::string_view number);  // last four: ****002X; nothing of a number that short

}  // namespace kiosk
