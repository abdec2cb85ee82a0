#include "ui/kit/flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "ui/kit/controls.h"

namespace ui {

int Flow::room() const {
  const std::vector<int> heads = heading_heights();
  return height_ - std::accumulate(heads.begin(), heads.end(), 0);
}

std::vector<int> Flow::heading_heights() const {
  int wanted = 0;
  for (const Heading& each : headings_) wanted += each.height;
  int most = most_heading_;
  const auto too_high = [&](const Item& each) { return each.gap + each.height > height_ - std::min(wanted, most_heading_); };
  if (std::ranges::any_of(items_, too_high)) most = std::min(most, height_ / kLeastHeadingShare);
  std::vector<int> heights;
  for (const Heading& each : headings_) {
    const int share = wanted <= most ? each.height : each.height * most / wanted;
    heights.push_back(std::max(std::min(each.least, each.height), share));
  }
  return heights;
}

class FlowLayout {
 public:
  explicit FlowLayout(const Flow& flow) : flow_(flow), height_(flow.height_), heads_(flow.heading_heights()) {
    head_ = std::accumulate(heads_.begin(), heads_.end(), 0);
    cut();
  }
  std::size_t pages() const { return starts_.size(); }

  void draw(const Box& area, std::size_t page) const {
    int y = area.y;
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      flow_.headings_[i].draw({area.x, y, area.w, heads_[i]});
      y += heads_[i];
    }
    const std::size_t end = page + 1 < starts_.size() ? starts_[page + 1] : flow_.items_.size();
    const int spare = spare_for_each(page, end);
    for (std::size_t i = starts_[page]; i < end; ++i) {
      const Flow::Item& item = flow_.items_[i];
      y += std::min(item.gap, std::max(0, area.bottom() - y));
      y = place(area, y, item, item.elastic ? std::min(spare, item.height / 3) : 0);
    }
  }

 private:
  // An item higher than a whole page is given what there is; its texts then shrink.
  static int place(const Box& area, int y, const Flow::Item& item, int extra = 0) {
    const int height = std::min(item.height + extra, area.bottom() - y);
    item.draw({area.x, y, area.w, height});
    return y + height;
  }

  // Room left on a page, shared among its elastic items.
  int spare_for_each(std::size_t page, std::size_t end) const {
    int used = head_;
    int elastic = 0;
    for (std::size_t i = starts_[page]; i < end; ++i) {
      used += flow_.items_[i].gap + flow_.items_[i].height;
      elastic += flow_.items_[i].elastic ? 1 : 0;
    }
    return elastic > 0 ? std::max(0, height_ - used) / elastic : 0;
  }

  void cut() {
    int used = head_;
    int choices = 0;
    starts_.push_back(0);
    for (std::size_t i = 0; i < flow_.items_.size(); ++i) {
      const auto& item = flow_.items_[i];
      const bool full = used + item.gap + item.height > height_ || choices + item.choices > kMostChoices;
      if (i > starts_.back() && full) {
        starts_.push_back(i);
        used = head_;
        choices = 0;
      }
      choices += item.choices;
      used += item.gap + item.height;
    }
  }

  const Flow& flow_;
  int height_;
  std::vector<int> heads_;  // heights of the headings
  int head_ = 0;            // of all of them
  std::vector<std::size_t> starts_;
};

namespace {

constexpr double kMoreWidth = 56.0;  // mm, landscape

Flow flow_on(const Kit& kit, const Box& area) {
  const double share = kit.mm(area.h) < kLowPage ? kMostLowHeading : kMostHeading;
  return {area.w, area.h, static_cast<int>(area.h * share)};
}

Button more_button(Kit& kit, const FlowWords& words, int page, int pages) {
  const bool last = page + 1 == pages;
  Button more;
  more.id = "more";
  more.label = fmt::format("{} {}/{}", last ? words.again : words.more, page + 1, pages);
  more.icon = last ? "" : "arrow-down-bold";
  more.value = fmt::format("{}/{}", page + 1, pages);
  more.em = kit.measures().action;
  return more;
}

}  // namespace

bool fits_one_page(const Kit& kit, const Box& area, const std::function<void(Flow&)>& build) {
  Flow flow = flow_on(kit, area);
  build(flow);
  return FlowLayout(flow).pages() == 1;
}

bool flow_pages(Kit& kit, const Box& area, int& page, const FlowWords& words, const std::function<void(Flow&)>& build) {
  Flow whole = flow_on(kit, area);
  build(whole);
  if (const FlowLayout layout(whole); layout.pages() == 1) {
    page = 0;
    layout.draw(area, 0);
    return false;
  }
  const bool beside = area.w * 2 > area.h * 3;
  const int more_w = beside ? kit.px(kMoreWidth) : area.w;
  const int more_h = beside ? std::min(area.h, kit.px(60.0)) : kit.px(std::max(kit.least_choice(), kit.measures().more));
  const int gap = kit.gap();
  const Box rest =
      beside ? Box{area.x, area.y, area.w - more_w - gap, area.h} : Box{area.x, area.y, area.w, area.h - more_h - gap};
  Flow narrow = flow_on(kit, rest);
  build(narrow);
  const FlowLayout layout(narrow);
  const int pages = static_cast<int>(layout.pages());
  page %= pages;
  layout.draw(rest, static_cast<std::size_t>(page));
  if (!button(kit, {area.right() - more_w, area.bottom() - more_h, more_w, more_h}, more_button(kit, words, page, pages)))
    return false;
  page = (page + 1) % pages;
  return true;
}

}  // namespace ui
