// How long the page that calls people stands still.
#pragma once

#include <chrono>

namespace ui {

// A divisor of an hour's quarter: by it every time zone is ahead of or behind the world's time.
inline constexpr std::chrono::minutes kInPlace{3};

}  // namespace ui
