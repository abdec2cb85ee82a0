// Where a person is, what this machine can do for eyes, ears and hands, and what it never does.
#include "ui/screens/screens.h"

namespace ui {
namespace {

Notice person(const Page& page) {
  Notice made{"person",
              NoticeKind::information,
              "human-greeting",
              page.words.text("Please speak to the staff at the counter"),
              page.words.text("What you entered stays here."),
              {}};
  const std::string& hotline = page.visit.hall.hotline;
  if (!hotline.empty()) made.text += "\n" + filled(page.words.text("Or call {number}."), {{"number", hotline}});
  return made;
}

Notice tip(const char* id, const char* icon, std::string title, std::string text) {
  return {std::string("tip/") + id, NoticeKind::plain, icon, std::move(title), std::move(text), {}};
}

std::vector<Notice> tips(const Page& page) {
  const Words& words = page.words;
  std::vector<Notice> all{
      tip("size", "format-size", words.text("Letters too small?"), words.text("Touch “Size”: all becomes larger.")),
      tip("theme", "contrast-box", words.text("Hard to see?"), words.text("Touch “Colour”: four kinds to choose from."))};
  all.push_back(tip("listen", "volume-high", words.text("Hard to read?"), words.text("Touch “Listen”: all is read aloud.")));
  if (page.low_layout_possible)
    all.push_back(tip("low", "wheelchair-accessibility", words.text("Too high to reach?"),
                      words.text("Touch “Lower”: the buttons come down to you.")));
  all.push_back(tip("time", "timer-sand", words.text("Take your time"),
                    words.text("The machine asks before it clears anything. It waits as often as you like.")));
  all.push_back(tip("mistake", "arrow-left-bold", words.text("Touched the wrong thing?"),
                    words.text("Touch “Back”. Nothing is sent before you have checked it.")));
  all.push_back(tip("never", "security", words.text("It never asks for these"),
                    words.text("No password, no bank password, no code from your phone.")));
  return all;
}

void add_steady_hands(Page& page, Flow& flow) {
  if (!page.kit.steady_possible()) return;
  const bool steady = page.visit.state.steady;
  Button spec;
  spec.id = "steady";
  spec.label =
      steady ? page.words.text("Hands tremble? Larger buttons: yes") : page.words.text("Hands tremble? Larger buttons: no");
  spec.icon = "hand-pointing-right";
  spec.toggle = steady ? Toggle::on : Toggle::off;
  spec.em = page.kit.measures().body;
  add_button(page, flow, spec, [&page, steady] { page.emit(kiosk::SetSteady{!steady}); });
}

void add_staff_door(Page& page, Flow& flow) {
  if (!page.visit.hall.staff_page) return;
  Button door;
  door.id = "staff";
  door.label = page.words.text("For staff");
  door.icon = "key";
  door.kind = ButtonKind::quiet;
  door.em = kSmallestText;
  add_button(page, flow, door, [&page] { page.emit(kiosk::OpenStaff{}); });
}

}  // namespace

void help_overlay(Page& page) {
  const FooterButton go_on = next_button(page.words.text("Go on"), [](Page& p) { p.emit(kiosk::CloseHelp{}); });
  const Box area = frame_page(page, Footer{std::nullopt, false, true, go_on});
  draw_flow(page, area, [&page](Flow& flow) {
    add_title(page, flow, page.words.text("A person will help you"));
    add_notice(page, flow, person(page));
    add_steady_hands(page, flow);
    const bool wide = page.kit.landscape() && page.visit.state.text_step < kiosk::TextStep::largest;
    std::vector<GridItem> items;
    for (const Notice& each : tips(page))
      items.push_back({[&kit = page.kit, each](int width) { return notice_height(kit, each, width); },
                       [&kit = page.kit, each](const Box& box) { notice(kit, box, each); }});
    add_grid(page, flow, wide ? 2 : 1, items);
    add_staff_door(page, flow);
  });
}

}  // namespace ui
