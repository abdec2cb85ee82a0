// Writing → what a voice has to say: numbers that are names of something digit by digit, years, dates, times, amounts.
// Pure. A code point that no voice knows is named as such, so that nothing is skipped in silence.
#pragma once

#include <string>
#include <string_view>

namespace ui {

// `language` is BCP 47; rules exist for Chinese ("zh…") and English, the others get their digits spelled alike.
//   A012 → A 零 一 二     138 0013 8000 → 一 三 八，零 零 一 三，八 零 零 零      2026年 → 二零二六年     1,200 → 1200
std::string spoken_text(std::string_view text, std::string_view language);

}  // namespace ui
