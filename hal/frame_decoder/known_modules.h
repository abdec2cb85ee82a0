// The modules of a QR code that are the same in every code of its version (ISO/IEC 18004): finder patterns with their
// separators, timing patterns, alignment patterns.
#pragma once

#include <vector>

namespace hal {

inline constexpr int kLargestVersion = 40;
constexpr int symbol_size(int version) { return 17 + 4 * version; }  // modules a side

struct KnownModule {
  int x = 0;
  int y = 0;
  bool dark = false;
};

std::vector<KnownModule> known_modules(int version);
// Centres of alignment patterns along one side; none for version 1.
std::vector<int> alignment_centres(int version);

}  // namespace hal
