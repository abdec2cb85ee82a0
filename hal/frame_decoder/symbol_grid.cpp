#include "hal/frame_decoder/symbol_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "hal/frame_decoder/known_modules.h"
#include "hal/frame_decoder/perspective.h"

namespace hal {
namespace {

using Point = Perspective::Point;
using Corners = std::array<Point, 4>;  // where the middles of the finder patterns lie, and of a fourth: TL, TR, BR, BL

constexpr double kFinderMiddle = 3.5;  // modules from the corner
constexpr double kLeastFit = 0.35;     // of the known modules; noise alone comes to about 0.2
constexpr std::size_t kMostTriples = 6;

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

struct Triple {
  Point top_left, top_right, bottom_left;
  double module = 0;
  double strangeness = 0;  // of a square's corner: 0 is none
};

// As three corners of a square seen at an angle; nothing when they cannot be.
std::optional<Triple> triple_of(const FinderPattern& a, const FinderPattern& b, const FinderPattern& c) {
  const auto [small, large] = std::minmax({a.module, b.module, c.module});
  if (large > 2.0 * small) return std::nullopt;
  std::array<const FinderPattern*, 3> order{&a, &b, &c};
  // The longest side lies opposite the top left.
  const std::array<double, 3> opposite{distance(b.centre, c.centre), distance(a.centre, c.centre), distance(a.centre, b.centre)};
  const auto corner = static_cast<std::size_t>(std::ranges::max_element(opposite) - opposite.begin());
  std::swap(order[0], order[corner]);
  Triple triple{order[0]->centre, order[1]->centre, order[2]->centre, (a.module + b.module + c.module) / 3, 0};
  const double turn = (triple.top_right.x - triple.top_left.x) * (triple.bottom_left.y - triple.top_left.y) -
                      (triple.top_right.y - triple.top_left.y) * (triple.bottom_left.x - triple.top_left.x);
  if (turn < 0) std::swap(triple.top_right, triple.bottom_left);
  const double across = distance(triple.top_left, triple.top_right), down = distance(triple.top_left, triple.bottom_left);
  const double sine = std::abs(turn) / (across * down);
  const double shortest = std::min(across, down);
  if (shortest < 10 * triple.module || sine < 0.6 || std::max(across, down) > 1.8 * shortest) return std::nullopt;
  triple.strangeness = std::max(across, down) / shortest - 1 + (1 - sine) + (large / small - 1);
  return triple;
}

std::vector<Triple> triples_of(const std::vector<FinderPattern>& patterns) {
  std::vector<Triple> triples;
  for (std::size_t i = 0; i < patterns.size(); ++i)
    for (std::size_t j = i + 1; j < patterns.size(); ++j)
      for (std::size_t k = j + 1; k < patterns.size(); ++k)
        if (const auto triple = triple_of(patterns[i], patterns[j], patterns[k])) triples.push_back(*triple);
  std::ranges::sort(triples, {}, &Triple::strangeness);
  if (triples.size() > kMostTriples) triples.resize(kMostTriples);
  return triples;
}

// How well a symbol of one version fits where the corners say, as a correlation of what is known with what is seen.
class Fit {
 public:
  Fit(const Relief& relief, int version) : relief_(&relief), size_(symbol_size(version)), known_(known_modules(version)) {
    if (version >= 2) {
      const int middle = size_ - 7;
      for (const auto& module : known_)
        if (std::abs(module.x - middle) <= 2 && std::abs(module.y - middle) <= 2) fourth_.push_back(module);
    }
  }

  std::optional<Perspective> mapping(const Corners& corners) const {
    const double far = size_ - kFinderMiddle;
    return perspective({{{kFinderMiddle, kFinderMiddle}, {far, kFinderMiddle}, {far, far}, {kFinderMiddle, far}}}, corners);
  }
  double operator()(const Corners& corners) const { return score(corners, known_); }
  // Of the alignment pattern at the fourth corner alone, where there is one.
  double fourth(const Corners& corners) const { return score(corners, fourth_.empty() ? known_ : fourth_); }

  int size() const { return size_; }
  const Relief& relief() const { return *relief_; }

 private:
  double score(const Corners& corners, const std::vector<KnownModule>& modules) const {
    const auto map = mapping(corners);
    if (!map) return -1;
    float sum = 0, sum_of_levels = 0, squares = 0;
    float signs = 0;
    for (const auto& module : modules) {
      const auto [x, y] = (*map)(module.x + 0.5, module.y + 0.5);
      const float level = relief_->sample(x, y);
      const float sign = module.dark ? -1.0F : 1.0F;
      sum += sign * level;
      sum_of_levels += level;
      squares += level * level;
      signs += sign;
    }
    const auto count = static_cast<float>(modules.size());
    const float spread = (squares - sum_of_levels * sum_of_levels / count) * (count - signs * signs / count);
    return spread > 0 ? (sum - sum_of_levels * signs / count) / std::sqrt(spread) : -1;
  }

  const Relief* relief_;  // copied about
  int size_;
  std::vector<KnownModule> known_;
  std::vector<KnownModule> fourth_;
};

struct Fitted {
  Corners corners{};
  double fit = -1;
};

// Moves single coordinates while that helps, in ever smaller steps.
void refine(const Fit& fit, Fitted& best, double first_step, double last_step) {
  for (double step = first_step; step >= last_step && step > 0; step /= 2) {
    for (int pass = 0; pass < 3; ++pass) {
      bool moved = false;
      for (std::size_t corner = 0; corner < 4; ++corner)
        for (const auto [dx, dy] : {Point{step, 0}, Point{-step, 0}, Point{0, step}, Point{0, -step}}) {
          Corners tried = best.corners;
          tried.at(corner).x += dx;
          tried.at(corner).y += dy;
          const double score = fit(tried);
          if (score <= best.fit) continue;
          best = {tried, score};
          moved = true;
        }
      if (!moved) break;
    }
  }
}

// The fourth corner lies somewhere around where a parallelogram has it: the steeper the view, the farther from there.
Fitted find_fourth_corner(const Fit& fit, const Triple& triple) {
  const Point right{triple.top_right.x - triple.top_left.x, triple.top_right.y - triple.top_left.y};
  const Point down{triple.bottom_left.x - triple.top_left.x, triple.bottom_left.y - triple.top_left.y};
  constexpr double kReach = 0.30;  // of the side
  const int steps = std::clamp(static_cast<int>(kReach * fit.size() / 0.9), 6, 20);
  struct Try {
    Corners corners;
    double score;
  };
  std::vector<Try> tries;
  for (int i = -steps; i <= steps; ++i)
    for (int j = -steps; j <= steps; ++j) {
      const double across = 1 + kReach * i / steps, along = 1 + kReach * j / steps;
      const Corners corners{
          triple.top_left, triple.top_right,
          Point{triple.top_left.x + across * right.x + along * down.x, triple.top_left.y + across * right.y + along * down.y},
          triple.bottom_left};
      tries.push_back({corners, fit.fourth(corners)});
    }
  const std::size_t most = std::min<std::size_t>(tries.size(), 6);
  std::ranges::partial_sort(tries, tries.begin() + static_cast<std::ptrdiff_t>(most), std::greater<>{}, &Try::score);
  Fitted best;
  for (std::size_t i = 0; i < most; ++i) {
    const double score = fit(tries[i].corners);
    if (score > best.fit) best = {tries[i].corners, score};
  }
  return best;
}

SymbolGrid sample(const Fit& fit, const Fitted& fitted) {
  SymbolGrid grid{fit.size(), {}, fitted.fit};
  const auto map = fit.mapping(fitted.corners);
  if (!map) return grid;
  constexpr double kOff = 0.22;  // modules
  constexpr std::array<Point, 5> kTaps{{{0.5, 0.5}, {0.5 - kOff, 0.5}, {0.5 + kOff, 0.5}, {0.5, 0.5 - kOff}, {0.5, 0.5 + kOff}}};
  grid.levels.reserve(static_cast<std::size_t>(grid.size) * static_cast<std::size_t>(grid.size));
  for (int y = 0; y < grid.size; ++y)
    for (int x = 0; x < grid.size; ++x) {
      float sum = 0;
      for (const auto tap : kTaps) {
        const auto [px, py] = (*map)(x + tap.x, y + tap.y);
        sum += fit.relief().sample(px, py);
      }
      grid.levels.push_back(sum / kTaps.size());
    }
  return grid;
}

// Levels less the mean of the modules around: what light and the relief's own window left behind.
SymbolGrid levelled(const SymbolGrid& grid) {
  constexpr int kAround = 5;  // modules
  SymbolGrid result = grid;
  for (int y = 0; y < grid.size; ++y)
    for (int x = 0; x < grid.size; ++x) {
      float sum = 0;
      int count = 0;
      for (int j = std::max(0, y - kAround); j <= std::min(grid.size - 1, y + kAround); ++j)
        for (int i = std::max(0, x - kAround); i <= std::min(grid.size - 1, x + kAround); ++i, ++count) sum += grid.at(i, j);
      result.levels[static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.size) + static_cast<std::size_t>(x)] -=
          sum / static_cast<float>(count);
    }
  return result;
}

std::optional<std::pair<Fit, Fitted>> best_version(const Relief& relief, const Triple& triple) {
  const double side = (distance(triple.top_left, triple.top_right) + distance(triple.top_left, triple.bottom_left)) / 2;
  const int guess = static_cast<int>(std::lround((side / triple.module + 7 - 17) / 4));
  const int slack = 1 + guess / 6;
  std::optional<std::pair<Fit, Fitted>> best;
  for (int version = std::max(1, guess - slack); version <= std::min(kLargestVersion, guess + slack); ++version) {
    const Fit fit(relief, version);
    const Fitted fitted = find_fourth_corner(fit, triple);
    if (!best || fitted.fit > best->second.fit) best.emplace(fit, fitted);
  }
  return best;
}

}  // namespace

std::vector<SymbolGrid> find_symbol_grids(const Relief& relief, const std::vector<FinderPattern>& patterns, std::size_t most) {
  std::vector<std::pair<Fit, Fitted>> fits;
  for (const Triple& triple : triples_of(patterns)) {
    auto best = best_version(relief, triple);
    if (!best || best->second.fit < kLeastFit / 2) continue;
    fits.push_back(*std::move(best));
  }
  std::ranges::stable_sort(fits, [](const auto& a, const auto& b) { return a.second.fit > b.second.fit; });
  std::vector<SymbolGrid> grids;
  for (auto& [fit, fitted] : fits) {
    if (grids.size() == most) break;
    const double module = distance(fitted.corners[0], fitted.corners[1]) / (fit.size() - 7);
    refine(fit, fitted, module, module / 16);
    if (fitted.fit >= kLeastFit) grids.push_back(levelled(sample(fit, fitted)));
  }
  return grids;
}

SymbolGrid sharpened(const SymbolGrid& grid, float share) {
  SymbolGrid result = grid;
  for (int y = 0; y < grid.size; ++y)
    for (int x = 0; x < grid.size; ++x) {
      float around = 0;
      if (x > 0) around += grid.at(x - 1, y);
      if (y > 0) around += grid.at(x, y - 1);
      if (x + 1 < grid.size) around += grid.at(x + 1, y);
      if (y + 1 < grid.size) around += grid.at(x, y + 1);
      result.levels[static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.size) + static_cast<std::size_t>(x)] -=
          share * around;
    }
  return result;
}

GreyImage drawing_of(const SymbolGrid& grid) {
  constexpr int kQuiet = 2;   // modules; nothing else is in the picture
  constexpr int kModule = 2;  // pixels
  const int side = (grid.size + 2 * kQuiet) * kModule;
  GreyImage image{side, side, std::vector<std::uint8_t>(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 255)};
  const auto put = [&](int x, int y, bool dark) {
    for (int j = 0; j < kModule; ++j)
      for (int i = 0; i < kModule; ++i)
        image.pixels[static_cast<std::size_t>((y + kQuiet) * kModule + j) * static_cast<std::size_t>(side) +
                     static_cast<std::size_t>((x + kQuiet) * kModule + i)] = dark ? 0 : 255;
  };
  for (int y = 0; y < grid.size; ++y)
    for (int x = 0; x < grid.size; ++x) put(x, y, grid.at(x, y) < 0);
  for (const auto& module : known_modules((grid.size - 17) / 4)) put(module.x, module.y, module.dark);
  return image;
}

}  // namespace hal
