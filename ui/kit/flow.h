// Pages instead of scrolling: items are measured, stacked, and what does not fit goes to further pages behind one large
// "More" button that says which page this is. Portrait has it below the items, landscape beside them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ui/kit/kit.h"

namespace ui {

inline constexpr int kMostChoices = 6;  // on one page (facts: accessibility A46)

class Flow {
 public:
  using Draw = std::function<void(const Box&)>;

  explicit Flow(int width) : width_(width) {}
  int width() const { return width_; }

  // On every page, above the rest: the title.
  void heading(int height, Draw draw) { headings_.push_back({height, 0, std::move(draw)}); }
  // `gap` pixels stand between this item and the one above.
  void item(int height, int gap, Draw draw) { items_.push_back({height, gap, std::move(draw)}); }
  // As item(); grows by up to a third where the page has room. No page has more than kMostChoices of its `choices`.
  void elastic_item(int height, int gap, int choices, Draw draw) {
    items_.push_back({height, gap, std::move(draw), true, choices});
  }

 private:
  friend class FlowLayout;
  struct Item {
    int height;
    int gap;
    Draw draw;
    bool elastic = false;
    int choices = 0;
  };
  int width_;
  std::vector<Item> headings_;
  std::vector<Item> items_;
};

struct FlowWords {
  std::string more;   // "More"
  std::string again;  // on the last page: "Back to the top"
};

// Builds (again, when the More button takes width), cuts, and draws page `page`, which is brought into range. True when
// the page was turned; `page` then is the next.
bool flow_pages(Kit& kit, const Box& area, int& page, const FlowWords& words, const std::function<void(Flow&)>& build);

}  // namespace ui
