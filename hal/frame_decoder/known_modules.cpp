#include "hal/frame_decoder/known_modules.h"

#include <algorithm>
#include <cstdlib>

namespace hal {
namespace {

constexpr int kTiming = 6;  // row and column of the timing patterns
constexpr int kCorner = 8;  // modules that a finder pattern and its separator take of a side

void add_finder(std::vector<KnownModule>& modules, int size, int left, int top) {
  for (int y = -1; y <= 7; ++y)
    for (int x = -1; x <= 7; ++x) {
      if (left + x < 0 || top + y < 0 || left + x >= size || top + y >= size) continue;
      const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
      modules.push_back({left + x, top + y, ring <= 1 || ring == 3});
    }
}

}  // namespace

// Evenly spaced from the last back to the first gap, by an even step; version 32 alone breaks the rule.
std::vector<int> alignment_centres(int version) {
  if (version < 2) return {};
  const int count = version / 7 + 2;
  const int last = symbol_size(version) - 7;
  const int step = version == 32 ? 26 : (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
  std::vector<int> centres{kTiming};
  for (int i = count - 2; i >= 0; --i) centres.push_back(last - i * step);
  return centres;
}

std::vector<KnownModule> known_modules(int version) {
  const int size = symbol_size(version);
  std::vector<KnownModule> modules;
  add_finder(modules, size, 0, 0);
  add_finder(modules, size, size - 7, 0);
  add_finder(modules, size, 0, size - 7);
  for (int i = kCorner; i < size - kCorner; ++i) {
    modules.push_back({i, kTiming, i % 2 == 0});
    modules.push_back({kTiming, i, i % 2 == 0});
  }
  const auto centres = alignment_centres(version);
  for (const int cy : centres)
    for (const int cx : centres) {
      const bool in_corner = (cx == kTiming || cx == centres.back()) && (cy == kTiming || cy == centres.back()) &&
                             !(cx == centres.back() && cy == centres.back());
      if (in_corner) continue;
      for (int y = -2; y <= 2; ++y)
        for (int x = -2; x <= 2; ++x) modules.push_back({cx + x, cy + y, std::max(std::abs(x), std::abs(y)) != 1});
    }
  return modules;
}

}  // namespace hal
