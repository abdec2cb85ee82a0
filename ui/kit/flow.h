// Pages instead of scrolling: items are measured, stacked, and what does not fit goes to further pages behind one large
// "More" button that says which page this is. Portrait has it below the items, landscape beside them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ui/kit/kit.h"

namespace ui {

inline constexpr int kMostChoices = 6;       // on one page (facts: accessibility A46)
inline constexpr double kMostHeading = 0.4;  // of a page
inline constexpr double kMostLowHeading = 0.25;
inline constexpr int kLeastHeadingShare = 5;  // a fifth of a page, where an item would fill the rest and more
inline constexpr double kLowPage = 130.0;     // mm high; there one line has to do

class Flow {
 public:
  using Draw = std::function<void(const Box&)>;

  // Of a page; `most_heading` pixels of it are for headings.
  Flow(int width, int height, int most_heading) : width_(width), height_(height), most_heading_(most_heading) {}
  int width() const { return width_; }
  // Height of a page below the headings so far: what wants more is set smaller.
  int room() const;

  // On every page, above the rest: the title. Where all headings would take more than kMostHeading of a page, they are given
  // less, but `least` pixels.
  void heading(int height, int least, Draw draw) { headings_.push_back({height, least, std::move(draw)}); }
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
  struct Heading {
    int height;
    int least;
    Draw draw;
  };
  std::vector<int> heading_heights() const;

  int width_, height_, most_heading_;
  std::vector<Heading> headings_;
  std::vector<Item> items_;
};

struct FlowWords {
  std::string more;   // "More"
  std::string again;  // on the last page: "Back to the top"
};

// Whether all of it fits on one page.
bool fits_one_page(const Kit& kit, const Box& area, const std::function<void(Flow&)>& build);

// Builds (again, when the More button takes width), cuts, and draws page `page`, which is brought into range. True when
// the page was turned; `page` then is the next.
bool flow_pages(Kit& kit, const Box& area, int& page, const FlowWords& words, const std::function<void(Flow&)>& build);

}  // namespace ui
