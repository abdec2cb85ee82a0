#include "hal/frame_decoder/finder_patterns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>

namespace hal {
namespace {

constexpr int kLeastContrast = 3;  // grey levels below what is around, for ink: noise on paper is none
constexpr int kRowStep = 2;        // every so many rows: a finder pattern's middle has more

using Runs = std::array<int, 5>;

// 1:1:3:1:1, each within a little more than half a module: blur and noise move edges.
bool has_proportions(const Runs& runs) {
  int sum = 0;
  for (const int run : runs) {
    if (run == 0) return false;
    sum += run;
  }
  if (sum < 10) return false;
  const double module = sum / 7.0;
  const double slack = module * 0.62 + 0.4;
  return std::abs(runs[0] - module) < slack && std::abs(runs[1] - module) < slack && std::abs(runs[2] - 3 * module) < 2 * slack &&
         std::abs(runs[3] - module) < slack && std::abs(runs[4] - module) < slack;
}

struct Crossing {
  double centre = 0;  // along the line, from its start
  double length = 0;  // of all five runs
};

class Search {
 public:
  explicit Search(const Relief& relief) : map_(relief) {}

  std::vector<FinderPattern> run() {
    for (int y = kRowStep; y < map_.height; y += kRowStep) scan_row(y);
    std::ranges::sort(found_, std::greater<>{}, &FinderPattern::sightings);
    if (found_.size() > kMostFinderPatterns) found_.resize(kMostFinderPatterns);
    return std::move(found_);
  }

 private:
  bool inside(int x, int y) const { return x >= 0 && y >= 0 && x < map_.width && y < map_.height; }
  bool ink(int x, int y) const { return map_.at(x, y) < -kLeastContrast; }

  void scan_row(int y) {
    Runs runs{};
    const std::int16_t* row = &map_.levels[static_cast<std::size_t>(y) * static_cast<std::size_t>(map_.width)];
    int start = 0;
    bool was_ink = false;
    for (int x = 0; x <= map_.width; ++x) {
      const bool is_ink = x < map_.width && row[x] < -kLeastContrast;
      if (is_ink == was_ink && x < map_.width) continue;
      std::rotate(runs.begin(), runs.begin() + 1, runs.end());
      runs[4] = x - start;
      start = x;
      if (was_ink && has_proportions(runs)) consider(x - runs[4] - runs[3] - runs[2] / 2.0 - 0.5, y, runs);
      was_ink = is_ink;
    }
  }

  // The same pattern along (dx, dy) through a dark point.
  std::optional<Crossing> cross(int x, int y, int dx, int dy, int longest) const {
    if (!inside(x, y) || !ink(x, y)) return std::nullopt;
    Runs runs{};
    const auto walk = [&](int sign, std::array<int, 3> order) {
      int px = x, py = y;
      for (std::size_t i = 0; i < 3; ++i) {
        const bool wanted = i != 1;
        int& run = runs.at(static_cast<std::size_t>(order.at(i)));
        int count = 0;
        while (inside(px, py) && ink(px, py) == wanted) {
          ++count;
          px += sign * dx;
          py += sign * dy;
          if (count > longest) return -1;
        }
        run += count;
        if (i == 0 && !inside(px, py)) return -1;
      }
      return 0;
    };
    if (walk(-1, {2, 1, 0}) != 0) return std::nullopt;
    const int before = runs[2];
    if (walk(1, {2, 3, 4}) != 0) return std::nullopt;
    runs[2] -= 1;  // the start was counted twice
    if (!has_proportions(runs)) return std::nullopt;
    const double first = -(before - 1) - 0.5;
    return Crossing{first + runs[2] / 2.0, static_cast<double>(runs[0] + runs[1] + runs[2] + runs[3] + runs[4])};
  }

  void consider(double x, int y, const Runs& runs) {
    const int length = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
    const int column = static_cast<int>(std::lround(x));
    const auto down = cross(column, y, 0, 1, length);
    if (!down || down->length > 2.0 * length || length > 2.0 * down->length) return;
    const double middle = y + down->centre;
    const auto across = cross(column, static_cast<int>(std::lround(middle)), 1, 0, length);
    if (!across) return;
    const double centre = column + across->centre;
    const auto diagonal = cross(static_cast<int>(std::lround(centre)), static_cast<int>(std::lround(middle)), 1, 1, length);
    const auto other = cross(static_cast<int>(std::lround(centre)), static_cast<int>(std::lround(middle)), 1, -1, length);
    if (!diagonal && !other) return;
    add({{centre, middle}, (across->length + down->length) / 14.0, 1});
  }

  void add(const FinderPattern& seen) {
    for (FinderPattern& known : found_) {
      const double distance = std::hypot(known.centre.x - seen.centre.x, known.centre.y - seen.centre.y);
      if (distance > 2.5 * std::max(known.module, seen.module)) continue;
      const double weight = 1.0 / (known.sightings + 1);
      known.centre.x += (seen.centre.x - known.centre.x) * weight;
      known.centre.y += (seen.centre.y - known.centre.y) * weight;
      known.module += (seen.module - known.module) * weight;
      ++known.sightings;
      return;
    }
    if (found_.size() < 8 * kMostFinderPatterns) found_.push_back(seen);
  }

  const Relief& map_;
  std::vector<FinderPattern> found_;
};

}  // namespace

std::vector<FinderPattern> find_finder_patterns(const Relief& relief) { return Search(relief).run(); }

}  // namespace hal
