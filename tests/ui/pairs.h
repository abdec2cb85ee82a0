// Which values of several factors to try together, where all of them would be too many.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace ui {

// Rows with one value (0 to count - 1) of each factor: few, and any two values of two factors meet in one of them.
template <std::size_t N>
std::vector<std::array<int, N>> pairs_of(const std::array<int, N>& counts) {
  using Row = std::array<int, N>;
  std::vector<Row> product{Row{}};
  for (std::size_t factor = 0; factor < N; ++factor) {
    std::vector<Row> longer;
    for (Row row : product)
      for (row[factor] = 0; row[factor] < counts[factor]; ++row[factor]) longer.push_back(row);
    product = std::move(longer);
  }
  using Meeting = std::array<std::size_t, 4>;  // factor and value, twice
  const auto meetings = [](const Row& row) {
    std::vector<Meeting> all;
    for (std::size_t one = 0; one < N; ++one)
      for (std::size_t other = one + 1; other < N; ++other)
        all.push_back({one, static_cast<std::size_t>(row[one]), other, static_cast<std::size_t>(row[other])});
    return all;
  };
  std::set<Meeting> met;
  std::vector<Row> rows;
  const auto news = [&](const Row& row) {
    const auto all = meetings(row);
    return std::count_if(all.begin(), all.end(), [&met](const Meeting& each) { return !met.contains(each); });
  };
  for (;;) {
    const Row& best =
        *std::max_element(product.begin(), product.end(), [&](const Row& a, const Row& b) { return news(a) < news(b); });
    if (news(best) == 0) return rows;
    rows.push_back(best);
    for (const Meeting& each : meetings(best)) met.insert(each);
  }
}

}  // namespace ui
