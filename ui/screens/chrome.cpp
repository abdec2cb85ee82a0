#include <fmt/format.h>

#include <array>

#include "ui/screens/page.h"
#include "ui/screens/reach.h"

namespace ui {
namespace {

using typeset::Align;

constexpr double kFooterPadding = 8.0;      // mm above and below its buttons
constexpr int kToolShareNarrow = 58;        // on small panels
constexpr double kNarrowLandscape = 400.0;  // mm wide
constexpr double kNarrowPortrait = 220.0;   // mm wide: no room for the clock beside the hall's name
constexpr int kMostOfLink = 40;             // percent of the header's width
constexpr double kLandscapeFooter = 45.0;   // mm, at every text size: height is dear there
constexpr double kToolGap = 5.0;            // mm, unless hands tremble
constexpr int kToolColumns = 4;
constexpr int kToolRows = 2;
constexpr int kMostOfTools = 33;                          // percent of the sheet's height
constexpr int kToolShare = 46;                            // percent of the width, landscape
constexpr int kSteps = 4;                                 // text sizes, and themes
constexpr double kFooterShares[] = {0.30, 0.30, 0.40};    // of Back, Help, Next
constexpr double kNarrowShares[] = {0.265, 0.255, 0.48};  // lying on a small panel

// What a language calls itself stands in its .po file as the translation of "English".
std::string language_name(const Page& page, const kiosk::Language& language) {
  const std::string name = page.words.translations.text("English", language);
  return name == "English" && language != "en" ? language : name;
}

kiosk::Language next_language(const Page& page) {
  const auto languages = page.words.translations.languages();
  for (std::size_t i = 0; i < languages.size(); ++i)
    if (languages[i] == page.words.language) return languages[(i + 1) % languages.size()];
  return languages.empty() ? "en" : languages.front();
}

// Online or saved here, in words, shape and colour; long words leave room for the hall's name. Returns its left edge.
int link_state(Page& page, const Box& row, int right) {
  if (page.visit.state.link == offline_cache::Link::unknown) return right;
  Kit& kit = page.kit;
  const bool up = page.visit.state.link == offline_cache::Link::up;
  const TextLook look{kit.measures().chrome, true, Align::left, up ? theme::kJadeDark : theme::kInk, 1.2, true};
  const std::string words = up ? page.words.text("Online") : page.words.text("Saved here");
  const int icon = kit.px(look.em * 1.15);
  const int pad = kit.px(4.5);
  const int height = std::min(row.h - kit.px(4.0), kit.px(look.em * 1.8));
  const int width = std::min(2 * pad + icon + kit.px(2.5) + kit.width_of(words, look), row.w * kMostOfLink / 100);
  const Box pill{right - width, row.y + (row.h - height) / 2, width, height};
  kit.rounded(pill, height / 2, up ? theme::kJadeLight : theme::kGold);
  kit.icon({pill.x + pad, pill.y, icon, pill.h}, up ? "wifi" : "cloud-outline-off", look.ink);
  kit.text({pill.x + pad + icon + kit.px(2.0), pill.y, width - pad - icon - kit.px(3.0), pill.h}, words, look);
  kit.add(kit.node(Role::status, "link", words, pill));
  return pill.x - kit.px(5.0);
}

Box header(Page& page) {
  Kit& kit = page.kit;
  const Zone zone = kit.set_zone(Zone::header);
  const Measures& m = kit.measures();
  const Box bar{0, page.sheet.y, page.sheet.w, header_height(kit)};
  kit.fill({0, 0, bar.w, bar.bottom()}, theme::kHeader);  // in the low layout also what lies out of reach above
  const int margin = kit.px(kMargin);
  if (!page.memory.caption.empty()) {
    const TextLook caption{m.chrome, true, Align::centre, theme::kOnHeader, 1.3};
    kit.say({margin, bar.y, bar.w - 2 * margin, bar.h}, "caption", page.memory.caption, caption, Role::status, Privacy::personal);
    kit.set_zone(zone);
    return bar;
  }
  const TextLook time{m.chrome * 1.05, false, Align::right, theme::kOnHeader, 1.2};
  const std::string clock = fmt::format("{}:{:02}", page.now.hour, page.now.minute);
  const int clock_w = kit.width_of(clock, time) + 2;
  const Box clock_box{bar.right() - margin - clock_w, bar.y, clock_w, bar.h};
  const bool narrow = kit.mm(bar.w) < kNarrowPortrait;
  if (!narrow) kit.say(clock_box, "clock", clock, time);
  const int right = link_state(page, bar, narrow ? bar.right() - margin : clock_box.x - kit.px(6.0));
  const int icon = kit.px(m.chrome * 1.4);
  kit.icon({margin, bar.y, icon, bar.h}, "home", theme::kOnHeader);
  const int x = margin + icon + kit.px(5.0);
  const TextLook name{m.chrome, true, Align::left, theme::kOnHeader, 1.2, true};
  const kiosk::Hall& hall = page.visit.hall;
  kit.say({x, bar.y, right - x - kit.px(2.0), bar.h}, "hall", page.words.language.starts_with("zh") ? hall.name_zh : hall.name_en,
          name);
  kit.set_zone(zone);
  return bar;
}

// One press changes it; the label says what is set or what comes.
struct Tool {
  const char* id;
  std::string label;
  const char* icon;
  std::string value;         // for the tree
  kiosk::Language language;  // of the label
  std::function<void(Page&)> act;
  bool shown = true;  // false: its place stays empty
};
using Tools = std::array<std::optional<Tool>, std::size_t{kToolColumns} * kToolRows>;

Tool language_tool(const Page& page) {
  const kiosk::Language next = next_language(page);
  return {"language", language_name(page, next), "translate", {}, next, [next](Page& p) { p.emit(kiosk::SetLanguage{next}); }};
}

Tool size_tool(const Page& page) {
  const int step = static_cast<int>(page.visit.state.text_step);
  const auto next = static_cast<kiosk::TextStep>((step + 1) % kSteps);
  return {"text-size",         page.words.text("Size"),
          "format-size",       fmt::format("{}/{}", step + 1, kSteps),
          page.words.language, [next](Page& p) { p.emit(kiosk::SetTextStep{next}); }};
}

Tool theme_tool(const Page& page) {
  const int step = static_cast<int>(page.visit.state.theme);
  const auto next = static_cast<kiosk::Theme>((step + 1) % kSteps);
  return {"theme",
          page.words.text("Colour"),
          "contrast-box",
          fmt::format("{}/{}", step + 1, kSteps),
          page.words.language,
          [next](Page& p) { p.emit(kiosk::SetTheme{next}); }};
}

Tool low_tool(const Page& page) {
  const bool low = page.visit.state.low_layout;
  return {"low-layout",
          low ? page.words.text("Higher") : page.words.text("Lower"),
          low ? "arrow-up-bold" : "wheelchair-accessibility",
          {},
          page.words.language,
          [low](Page& p) { p.emit(kiosk::SetLowLayout{!low}); },
          page.low_layout_possible};
}

Tool reset_tool(const Page& page) {
  return {"reset-settings",    page.words.text("Reset"),
          "backup-restore",    {},
          page.words.language, [](Page& p) { p.emit(kiosk::ResetSettings{}); }};
}

// While it speaks a touch anywhere else stops it; turning it off altogether is on the page of the voice.
Tool voice_control(const Page& page) {
  const bool silent = page.memory.caption.empty();
  const bool held = page.memory.voice_held && !silent;
  const Key key = silent ? Key::repeat : Key::pause;
  return {kVoiceTool,
          silent ? page.words.text("Again")
          : held ? page.words.text("Go on")
                 : page.words.text("Pause"),
          silent ? "replay"
          : held ? "play"
                 : "pause",
          {},
          page.words.language,
          [key](Page& p) {
            p.memory.voice_key = key;
            p.emit(kiosk::Touched{});
          }};
}

Tool listen_tool(const Page& page) {
  kiosk::VoiceSettings next = page.visit.state.voice;
  if (next.on) return voice_control(page);
  next.on = true;
  return {"listen", page.words.text("Listen"), "volume-high",
          {},       page.words.language,       [next](Page& p) { p.emit(kiosk::SetVoice{next}); }};
}

Tool voice_tool(const Page& page) {
  const kiosk::VisitState& state = page.visit.state;
  const bool possible = state.voice.on && state.overlay != kiosk::Overlay::voice;
  return {"voice", page.words.text("Voice"), "tune", {}, page.words.language, [](Page& p) { p.emit(kiosk::OpenVoice{}); },
          possible};
}

void start_over(Page& page) {
  if (page.visit.service() != nullptr)
    page.memory.start_over = true;
  else
    page.emit(kiosk::StartOver{});
}

Tool restart_tool(const Page& page) {
  const kiosk::VisitState& state = page.visit.state;
  const kiosk::Session* session = page.visit.session();
  const bool number_comes = session != nullptr && session->ticket && !session->ticket->given;
  const bool possible =
      session != nullptr && state.stage != kiosk::Stage::saving && !number_comes && state.overlay == kiosk::Overlay::none;
  return {"start-over", page.words.text("Restart"), "refresh", {}, page.words.language, start_over, possible};
}

// Every tool has one place on all pages.
Tools all_tools(const Page& page) {
  Tools tools;
  tools[0] = language_tool(page);
  tools[1] = size_tool(page);
  tools[2] = theme_tool(page);
  tools[3] = low_tool(page);
  tools[4] = reset_tool(page);
  tools[5] = listen_tool(page);
  tools[6] = voice_tool(page);
  tools[7] = restart_tool(page);
  return tools;
}

Button button_of(const Page& page, const Tool& tool) {
  Button spec;
  spec.id = tool.id;
  spec.label = tool.label;
  spec.icon = tool.icon;
  spec.value = tool.value;
  spec.kind = ButtonKind::quiet;
  spec.may_shorten = true;
  spec.em = page.kit.measures().chrome;
  return spec;
}

int tool_gap(const Kit& kit) { return kit.steady() ? kit.gap() : kit.px(kToolGap); }

int tool_width(const Kit& kit, int row) { return (row - (kToolColumns - 1) * tool_gap(kit)) / kToolColumns; }

// High enough for the longest words, also of a tool that this page has not: places must not move from page to page. The page
// itself keeps its room: words that would take it are shortened.
int tools_height(const Page& page, int width, double least) {
  Kit& kit = page.kit;
  int each = 0;
  for (const auto& tool : all_tools(page)) {
    if (!tool) continue;
    Button spec = button_of(page, *tool);
    spec.em = kSmallestText;
    each = std::max(each, label_height(kit, spec, tool_width(kit, width)));
  }
  const int gaps = (kToolRows - 1) * tool_gap(kit);
  each = std::min(each, (page.sheet.h * kMostOfTools / 100 - gaps) / kToolRows);
  return kToolRows * std::max(each, kit.px(least)) + gaps;
}

void draw_tool(Page& page, const Box& box, const Tool& tool) {
  const Button spec = button_of(page, tool);
  const std::string language = page.kit.language();
  page.kit.set_language(tool.language);
  const bool pressed = button(page.kit, box, spec);
  page.kit.set_language(language);
  if (pressed) tool.act(page);
}

void tools(Page& page, const Box& box) {
  const int gap = tool_gap(page.kit);
  const int w = tool_width(page.kit, box.w);
  const int h = (box.h - (kToolRows - 1) * gap) / kToolRows;
  const Tools all = all_tools(page);
  const Zone zone = page.kit.set_zone(Zone::tools);
  for (int i = 0; i < kToolColumns * kToolRows; ++i)
    if (const auto& tool = all[static_cast<std::size_t>(i)]; tool && tool->shown)
      draw_tool(page, {box.x + i % kToolColumns * (w + gap), box.y + i / kToolColumns * (h + gap), w, h}, *tool);
  page.kit.set_zone(zone);
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
  made.may_shorten = true;
  if (button(page.kit, box, made)) spec.act(page);
}

bool lies_narrow(const Kit& kit) { return kit.landscape() && kit.mm(kit.canvas().w) < kNarrowLandscape; }

void footer_buttons(Page& page, const Box& row, const Footer& footer) {
  const int gap = lies_narrow(page.kit) ? tool_gap(page.kit) : page.kit.gap();
  const int room = row.w - 2 * gap;
  int x = row.x;
  int place = 0;
  const auto next_box = [&] {
    const int width = static_cast<int>(room * (lies_narrow(page.kit) ? kNarrowShares : kFooterShares)[place++]);
    const Box box{x, row.y, width, row.h};
    x += width + gap;
    return box;
  };
  const Box back = next_box();
  const Box help = next_box();
  const Box next = next_box();
  const Zone zone = page.kit.set_zone(Zone::actions);
  if (footer.back) footer_button(page, back, *footer.back, "back", ButtonKind::secondary);
  const FooterButton call{page.words.text("Help"), "bell-ring", [](Page& p) { p.emit(kiosk::OpenHelp{}); }};
  if (footer.help) footer_button(page, help, call, "help", ButtonKind::help);
  if (footer.next) footer_button(page, next, *footer.next, "next", ButtonKind::primary);
  page.kit.set_zone(zone);
}

void band(Page& page, const Box& box) {
  page.kit.fill(box, theme::kBand);
  page.kit.fill({box.x, box.y, box.w, page.kit.px(0.5)}, theme::kHairline);
}

// Tools and footer side by side; returns their upper edge.
int landscape_bottom(Page& page, const Footer& footer) {
  Kit& kit = page.kit;
  const int pad = kit.px(4.0);
  const Box& sheet = page.sheet;
  const bool narrow = lies_narrow(kit);
  const int share = narrow ? kToolShareNarrow : kToolShare;
  const int width = (sheet.w - 2 * kit.px(kMargin)) * share / 100;
  const int height = std::max(kit.px(kLandscapeFooter), tools_height(page, width, kit.least_target()));
  const Box ground{0, sheet.bottom() - height - 2 * pad, sheet.w, kit.canvas().h - sheet.bottom() + height + 2 * pad};
  band(page, ground);
  const int margin = kit.px(kMargin);
  const Box row{margin, ground.y + pad, sheet.w - 2 * margin, height};
  if (footer.tools) tools(page, {row.x, row.y, width, row.h});
  const int used = width + (narrow ? tool_gap(kit) : 2 * kit.gap());
  footer_buttons(page, {row.x + used, row.y, row.w - used, row.h}, footer);
  return ground.y;
}

int portrait_bottom(Page& page, const Footer& footer) {
  Kit& kit = page.kit;
  const Measures& m = kit.measures();
  const Box& sheet = page.sheet;
  const int margin = kit.px(kMargin);
  const int pad = kit.px(kFooterPadding);
  const int height = kit.px(m.footer_portrait);
  const Box ground{0, sheet.bottom() - height - 2 * pad, sheet.w, kit.canvas().h - sheet.bottom() + height + 2 * pad};
  const bool any = footer.back || footer.next || footer.help;
  if (any) band(page, ground);
  const int tools_h = tools_height(page, sheet.w - 2 * margin, std::max(m.tool, kit.least_target()));
  const int tools_y = any ? ground.y - kit.px(5.0) - tools_h : sheet.bottom() - kit.px(kMargin) - tools_h;
  if (footer.tools) tools(page, {margin, tools_y, sheet.w - 2 * margin, tools_h});
  footer_buttons(page, {margin, ground.y + pad, sheet.w - 2 * margin, height}, footer);
  return tools_y;
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
  const int top = bar.bottom() + kit.px(kit.landscape() ? 2.0 : 6.0);
  return {margin, top, page.sheet.w - 2 * margin, bottom - kit.gap() - top};
}

Box frame_overlay(Page& page) {
  page.kit.fill(page.kit.canvas(), theme::kDim);
  const Box bar = header(page);
  return {0, bar.bottom(), page.sheet.w, page.sheet.bottom() - bar.bottom()};
}

}  // namespace ui
