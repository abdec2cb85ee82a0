#include "ui/kit/flow.h"

#include <fmt/format.h>

#include "ui/kit/controls.h"

namespace ui {

class FlowLayout {
 public:
  FlowLayout(const Flow& flow, int height) : flow_(flow), height_(height) {
    for (const auto& heading : flow.headings_) head_ += heading.height;
    cut();
  }
  std::size_t pages() const { return starts_.size(); }

  void draw(const Box& area, std::size_t page) const {
    int y = area.y;
    for (const auto& heading : flow_.headings_) y = place(area, y, heading);
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
  int head_ = 0;
  std::vector<std::size_t> starts_;
};

namespace {

constexpr double kMoreWidth = 56.0;  // mm, landscape

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

bool flow_pages(Kit& kit, const Box& area, int& page, const FlowWords& words, const std::function<void(Flow&)>& build) {
  Flow whole(area.w);
  build(whole);
  if (const FlowLayout layout(whole, area.h); layout.pages() == 1) {
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
  Flow narrow(rest.w);
  build(narrow);
  const FlowLayout layout(narrow, rest.h);
  const int pages = static_cast<int>(layout.pages());
  page %= pages;
  layout.draw(rest, static_cast<std::size_t>(page));
  if (!button(kit, {area.right() - more_w, area.bottom() - more_h, more_w, more_h}, more_button(kit, words, page, pages)))
    return false;
  page = (page + 1) % pages;
  return true;
}

}  // namespace ui
