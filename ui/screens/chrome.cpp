#include <fmt/format.h>

#include "ui/screens/page.h"

namespace ui {
namespace {

using typeset::Align;

constexpr double kFooterPadding = 8.0;                  // mm above and below its buttons
constexpr int kToolPlaces = 3;                          // language, text size, start over
constexpr double kToolWidth = 58.0;                     // mm, landscape
constexpr double kFooterShares[] = {0.30, 0.30, 0.40};  // of Back, Help, Next

std::string language_name(const kiosk::Language& language) {
  if (language == "zh") return "中文";
  if (language == "en") return "English";
  return language;
}

kiosk::Language next_language(const Page& page) {
  const auto languages = page.words.translations.languages();
  for (std::size_t i = 0; i < languages.size(); ++i)
    if (languages[i] == page.words.language) return languages[(i + 1) % languages.size()];
  return languages.empty() ? "en" : languages.front();
}

// Online or saved here, in words, shape and colour. Returns its left edge.
int link_state(Page& page, const Box& row, int right) {
  if (page.visit.state.link == offline_cache::Link::unknown) return right;
  Kit& kit = page.kit;
  const bool up = page.visit.state.link == offline_cache::Link::up;
  const TextLook look{kit.measures().chrome, true, Align::left, up ? theme::kJadeDark : theme::kInk, 1.2};
  const std::string words = up ? page.words.text("Online") : page.words.text("Saved here");
  const int icon = kit.px(look.em * 1.15);
  const int pad = kit.px(4.5);
  const int height = std::min(row.h - kit.px(4.0), kit.px(look.em * 1.8));
  const int width = 2 * pad + icon + kit.px(2.5) + kit.width_of(words, look);
  const Box pill{right - width, row.y + (row.h - height) / 2, width, height};
  kit.rounded(pill, height / 2, up ? theme::kJadeLight : theme::kGold);
  kit.icon({pill.x + pad, pill.y, icon, pill.h}, up ? "wifi" : "cloud-outline-off", look.ink);
  kit.text({pill.x + pad + icon + kit.px(2.0), pill.y, width - pad - icon - kit.px(3.0), pill.h}, words, look);
  kit.add(kit.node(Role::status, "link", words, pill));
  return pill.x - kit.px(5.0);
}

Box header(Page& page) {
  Kit& kit = page.kit;
  const Measures& m = kit.measures();
  const double height = kit.landscape() ? m.header * 0.8 : m.header;
  const Box bar{0, 0, kit.canvas().w, kit.px(height)};
  kit.fill(bar, theme::kHeader);
  const int margin = kit.px(kMargin);
  const TextLook time{m.chrome * 1.05, false, Align::right, theme::kOnDark, 1.2};
  const std::string clock = fmt::format("{}:{:02}", page.now.hour, page.now.minute);
  const int clock_w = kit.width_of(clock, time) + 2;
  const Box clock_box{bar.right() - margin - clock_w, bar.y, clock_w, bar.h};
  kit.say(clock_box, "clock", clock, time);
  const int right = link_state(page, bar, clock_box.x - kit.px(6.0));
  const int icon = kit.px(m.chrome * 1.4);
  kit.icon({margin, bar.y, icon, bar.h}, "home", theme::kOnDark);
  const int x = margin + icon + kit.px(5.0);
  const TextLook name{m.chrome, true, Align::left, theme::kOnDark, 1.2};
  const kiosk::Hall& hall = page.visit.hall;
  kit.say({x, bar.y, right - x - kit.px(2.0), bar.h}, "hall", page.words.language == "zh" ? hall.name_zh : hall.name_en, name);
  return bar;
}

void language_tool(Page& page, const Box& box) {
  const kiosk::Language next = next_language(page);
  Button spec;
  spec.id = "language";
  spec.label = language_name(next);
  spec.icon = "translate";
  spec.kind = ButtonKind::quiet;
  spec.em = page.kit.measures().chrome;
  const std::string language = page.kit.language();
  page.kit.set_language(next);
  if (button(page.kit, box, spec)) page.emit(kiosk::SetLanguage{next});
  page.kit.set_language(language);
}

void size_tool(Page& page, const Box& box) {
  const int step = static_cast<int>(page.visit.state.text_step);
  Button spec;
  spec.id = "text-size";
  spec.value = fmt::format("{}/4", step + 1);
  spec.label = page.words.text("Text") + " " + spec.value;
  spec.icon = "format-size";
  spec.kind = ButtonKind::quiet;
  spec.em = page.kit.measures().chrome;
  if (button(page.kit, box, spec)) page.emit(kiosk::SetTextStep{static_cast<kiosk::TextStep>((step + 1) % 4)});
}

void start_over_tool(Page& page, const Box& box) {
  if (page.visit.session() == nullptr || page.visit.state.stage == kiosk::Stage::saving) return;
  Button spec;
  spec.id = "start-over";
  spec.label = page.words.text("Start over");
  spec.icon = "refresh";
  spec.kind = ButtonKind::quiet;
  spec.em = page.kit.measures().chrome;
  if (!button(page.kit, box, spec)) return;
  if (page.visit.service() != nullptr)
    page.memory.start_over = true;
  else
    page.emit(kiosk::StartOver{});
}

void tools(Page& page, const Box& row, int width) {
  const int gap = page.kit.px(kGap);
  language_tool(page, {row.x, row.y, width, row.h});
  size_tool(page, {row.x + width + gap, row.y, width, row.h});
  start_over_tool(page, {row.x + 2 * (width + gap), row.y, width, row.h});
}

void footer_button(Page& page, const Box& box, const FooterButton& spec, const char* id, ButtonKind kind) {
  Button made;
  made.id = id;
  made.label = spec.label;
  made.icon = spec.icon;
  made.icon_after = kind == ButtonKind::primary;
  made.kind = kind;
  made.disabled = spec.disabled;
  made.em = page.kit.measures().action;
  if (button(page.kit, box, made)) spec.act(page);
}

void footer_buttons(Page& page, const Box& row, const Footer& footer) {
  const int gap = page.kit.px(kGap);
  const int room = row.w - 2 * gap;
  int x = row.x;
  int place = 0;
  const auto next_box = [&] {
    const int width = static_cast<int>(room * kFooterShares[place++]);
    const Box box{x, row.y, width, row.h};
    x += width + gap;
    return box;
  };
  const Box back = next_box();
  const Box help = next_box();
  const Box next = next_box();
  if (footer.back) footer_button(page, back, *footer.back, "back", ButtonKind::secondary);
  const FooterButton call{page.words.text("Help"), "bell-ring", [](Page& p) { p.emit(kiosk::OpenHelp{}); }};
  if (footer.help) footer_button(page, help, call, "help", ButtonKind::help);
  if (footer.next) footer_button(page, next, *footer.next, "next", ButtonKind::primary);
}

// Tools and footer in one row; returns its upper edge.
int landscape_bottom(Page& page, const Footer& footer) {
  Kit& kit = page.kit;
  const int pad = kit.px(6.0);
  const int height = kit.px(kit.measures().footer_landscape);
  const Box canvas = kit.canvas();
  const Box band{0, canvas.h - height - 2 * pad, canvas.w, height + 2 * pad};
  kit.fill(band, theme::kBand);
  kit.fill({band.x, band.y, band.w, kit.px(0.5)}, theme::kHairline);
  const int margin = kit.px(kMargin);
  const int gap = kit.px(kGap);
  const int tool = kit.px(kToolWidth);
  const Box row{margin, band.y + pad, canvas.w - 2 * margin, height};
  if (footer.tools) tools(page, row, tool);
  const int used = kToolPlaces * (tool + gap) + gap;
  footer_buttons(page, {row.x + used, row.y, row.w - used, row.h}, footer);
  return band.y;
}

int portrait_bottom(Page& page, const Footer& footer) {
  Kit& kit = page.kit;
  const Measures& m = kit.measures();
  const Box canvas = kit.canvas();
  const int margin = kit.px(kMargin);
  const int pad = kit.px(kFooterPadding);
  const int height = kit.px(m.footer_portrait);
  const Box band{0, canvas.h - height - 2 * pad, canvas.w, height + 2 * pad};
  const bool any = footer.back || footer.next || footer.help;
  if (any) {
    kit.fill(band, theme::kBand);
    kit.fill({band.x, band.y, band.w, kit.px(0.5)}, theme::kHairline);
  }
  const int tool_h = kit.px(m.tool);
  const int row_y = any ? band.y - kit.px(5.0) - tool_h : canvas.h - kit.px(kMargin) - tool_h;
  const Box row{margin, row_y, canvas.w - 2 * margin, tool_h};
  if (footer.tools) tools(page, row, (row.w - (kToolPlaces - 1) * kit.px(kGap)) / kToolPlaces);
  footer_buttons(page, {margin, band.y + pad, canvas.w - 2 * margin, height}, footer);
  return row.y;
}

}  // namespace

FooterButton back_button(const Page& page) {
  return {page.words.text("Back"), "arrow-left-bold", [](Page& p) { p.emit(kiosk::Back{}); }};
}

FooterButton next_button(std::string label, std::function<void(Page&)> act) {
  return {std::move(label), "arrow-right-bold", std::move(act)};
}

Box frame_page(Page& page, const Footer& footer) {
  Kit& kit = page.kit;
  kit.fill(kit.canvas(), theme::kPaper);
  const Box bar = header(page);
  const int bottom = kit.landscape() ? landscape_bottom(page, footer) : portrait_bottom(page, footer);
  const int margin = kit.px(kMargin);
  const int top = bar.bottom() + kit.px(kit.landscape() ? 4.0 : 6.0);
  return {margin, top, kit.canvas().w - 2 * margin, bottom - kit.px(kGap) - top};
}

Box frame_overlay(Page& page) {
  page.kit.fill(page.kit.canvas(), theme::kDim);
  const Box bar = header(page);
  return {0, bar.bottom(), page.kit.canvas().w, page.kit.canvas().h - bar.bottom()};
}

}  // namespace ui
