#include "ui/screens/page.h"

#include <algorithm>

namespace ui {

void add_title(Page& page, Flow& flow, const std::string& title) {
  Kit& kit = page.kit;
  const Paragraph spec{"title", title, title_look(kit), Role::heading};
  const int gap = kit.px(3.0);
  flow.heading(paragraph_height(kit, spec, flow.width()) + gap, least_height(kit, spec, flow.width()) + gap,
               [&kit, spec, gap](const Box& box) {
                 paragraph(kit, {box.x, box.y, box.w, box.h - gap}, spec);
               });
}

void add_lead(Page& page, Flow& flow, const std::string& id, const std::string& text) {
  if (text.empty()) return;
  Kit& kit = page.kit;
  const Paragraph spec{id, text, lead_look(kit)};
  flow.item(paragraph_height(kit, spec, flow.width()), 0, [&kit, spec](const Box& box) { paragraph(kit, box, spec); });
}

void add_notice(Page& page, Flow& flow, const Notice& spec) {
  Kit& kit = page.kit;
  flow.item(notice_height(kit, spec, flow.width()), kit.gap(), [&kit, spec](const Box& box) { notice(kit, box, spec); });
}

void add_button(Page& page, Flow& flow, const Button& spec, const std::function<void()>& act) {
  Kit& kit = page.kit;
  flow.item(button_height(kit, spec, flow.width()), kit.gap(), [&kit, spec, act](const Box& box) {
    if (button(kit, box, spec)) act();
  });
}

Notice failure_notice(const Page& page, base::Failure failure) {
  const base::FailureEntry& entry = base::entry(failure);
  return {"notice", NoticeKind::attention, "alert", "", page.words.text(entry.resident), std::string(entry.code)};
}

void add_visit_notice(Page& page, Flow& flow) {
  if (page.visit.state.notice) add_notice(page, flow, failure_notice(page, *page.visit.state.notice));
}

void add_grid(Page& page, Flow& flow, int columns, const std::vector<GridItem>& items) {
  const int gap = page.kit.gap();
  const auto width_in = [&](int of) { return (flow.width() - gap * (of - 1)) / of; };
  const auto too_high = [&](const GridItem& each) { return each.height(width_in(columns)) > flow.room() - gap; };
  while (columns > 1 && std::ranges::any_of(items, too_high)) --columns;
  const int width = width_in(columns);
  const auto per_row = static_cast<std::size_t>(columns);
  for (std::size_t first = 0; first < items.size(); first += per_row) {
    const auto from = items.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<GridItem> row(from, from + static_cast<std::ptrdiff_t>(std::min(per_row, items.size() - first)));
    int height = 0;
    int choices = 0;
    for (const GridItem& each : row) {
      height = std::max(height, each.height(width));
      choices += each.is_choice ? 1 : 0;
    }
    flow.elastic_item(height, gap, choices, [row, width, gap](const Box& box) {
      int x = box.x;
      for (const GridItem& each : row) {
        each.draw({x, box.y, width, box.h});
        x += width + gap;
      }
    });
  }
}

void draw_flow(Page& page, const Box& area, const std::function<void(Flow&)>& build) {
  const FlowWords words{page.words.text("More"), page.words.text("To the top")};
  flow_pages(page.kit, area, page.memory.page, words, build);
}

}  // namespace ui
