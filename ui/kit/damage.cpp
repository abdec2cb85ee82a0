#include <cstddef>
#include <unordered_map>

#include "ui/kit/painter.h"

namespace ui {
namespace {

constexpr std::size_t kPrime = 1099511628211U;  // of FNV-1a

struct QuadHash {
  std::size_t operator()(const Quad& quad) const {
    std::size_t hash = quad.serial;
    for (const int part : {quad.box.x, quad.box.y, quad.box.w, quad.box.h, quad.u, quad.v})
      hash = hash * kPrime + static_cast<std::size_t>(part);
    return hash * kPrime + quad.colour.argb;
  }
};

using Counts = std::unordered_map<Quad, int, QuadHash>;

// Splits `quads` into those that `other` has too (kept in order) and boxes of those it has not.
std::vector<const Quad*> shared(const std::vector<Quad>& quads, Counts other, std::vector<Box>& differing) {
  std::vector<const Quad*> same;
  for (const Quad& quad : quads) {
    const auto found = other.find(quad);
    if (found != other.end() && found->second > 0) {
      --found->second;
      same.push_back(&quad);
    } else {
      differing.push_back(quad.box);
    }
  }
  return same;
}

Counts counted(const std::vector<Quad>& quads) {
  Counts counts;
  counts.reserve(quads.size());
  for (const Quad& quad : quads) ++counts[quad];
  return counts;
}

long area(const Box& box) { return static_cast<long>(box.w) * box.h; }

// Joins the two boxes whose union wastes least.
void join_cheapest(std::vector<Box>& boxes) {
  std::size_t first = 0;
  std::size_t second = 1;
  long least = -1;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (std::size_t j = i + 1; j < boxes.size(); ++j) {
      const long waste = area(bounds(boxes[i], boxes[j])) - area(boxes[i]) - area(boxes[j]);
      if (least >= 0 && waste >= least) continue;
      least = std::max(0L, waste);
      first = i;
      second = j;
    }
  boxes[first] = bounds(boxes[first], boxes[second]);
  boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(second));
}

// Adds a box and swallows what it touches, until all are disjoint again.
void add_disjoint(std::vector<Box>& boxes, Box box) {
  for (std::size_t i = 0; i < boxes.size();) {
    if (!overlap(boxes[i], box)) {
      ++i;
      continue;
    }
    box = bounds(boxes[i], box);
    boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(i));
    i = 0;
  }
  boxes.push_back(box);
}

std::vector<Box> disjoint(const std::vector<Box>& boxes, const Box& canvas) {
  std::vector<Box> result;
  for (const Box& box : boxes) {
    const Box inside = intersection(box, canvas);
    if (inside.empty()) continue;
    add_disjoint(result, inside);
    if (result.size() <= kMostDamage) continue;
    join_cheapest(result);
    std::vector<Box> joined;
    for (const Box& each : result) add_disjoint(joined, each);
    result = std::move(joined);
  }
  return result;
}

}  // namespace

std::vector<Box> damage_between(const std::vector<Quad>& before, const std::vector<Quad>& now, const Box& canvas) {
  if (before == now) return {};
  std::vector<Box> differing;
  const auto stayed = shared(before, counted(now), differing);
  const auto kept = shared(now, counted(before), differing);
  // The same quads in another order may cover each other differently.
  for (std::size_t i = 0; i < stayed.size(); ++i)
    if (!(*stayed[i] == *kept[i])) return {canvas};
  return disjoint(differing, canvas);
}

}  // namespace ui
