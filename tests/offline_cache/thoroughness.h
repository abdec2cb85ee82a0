// ./dev soak sets LINLI_EVERY_ONE: of what ./dev test takes a sample, every one is tried then.
#pragma once

#include <cstdlib>

namespace offline_cache_examples {

inline bool every_one() { return std::getenv("LINLI_EVERY_ONE") != nullptr; }

}  // namespace offline_cache_examples
