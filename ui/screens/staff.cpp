// The staff's pages: the PIN, then what every part of this machine is doing and what to do about it. Nothing personal.
#include "ui/screens/digit_pad.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

using kiosk::PrintProgress;
using kiosk::StaffAction;

constexpr double kPinField = 26.0;  // mm high
constexpr double kPinDot = 6.0;     // mm

FooterButton leave_button(const Page& page) {
  return {page.words.text("Back"), "arrow-left-bold", [](Page& p) { p.emit(kiosk::CloseStaff{}); }};
}

std::string pin_words(const Page& page) {
  const kiosk::Staff& staff = page.visit.state.staff;
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(staff.locked_for).count();
  if (minutes > 0)
    return page.words.plural("Too many wrong tries. Try again in {n} minute.", "Too many wrong tries. Try again in {n} minutes.",
                             static_cast<int>(minutes));
  if (staff.refused) return page.words.text("That was not the PIN.");
  return page.words.text("Only for the staff of this hall. Residents need no PIN.");
}

// One disc for each digit that was typed, never the digit.
void pin_field(Page& page, const Box& box) {
  Kit& kit = page.kit;
  const kiosk::Staff& staff = page.visit.state.staff;
  kit.framed(box, kit.px(6.0), kit.px(1.2), theme::kJade, theme::kCard);
  const int dot = kit.px(kPinDot);
  int x = box.x + kit.px(8.0);
  for (std::size_t i = 0; i < staff.pin.size() && x + dot < box.right(); ++i, x += 2 * dot)
    kit.rounded({x, box.y + (box.h - dot) / 2, dot, dot}, dot / 2, theme::kInk);
  SemanticNode node = kit.node(Role::field, "pin", page.words.text("PIN of the staff"), box);
  node.value = std::to_string(staff.pin.size());
  node.focused = true;
  node.privacy = Privacy::masked;
  kit.add(std::move(node));
}

int pin_head(Page& page, const Box& box) {
  Kit& kit = page.kit;
  const Paragraph title{"title", page.words.text("PIN of the staff"), title_look(kit), Role::heading};
  const int title_h = std::min(paragraph_height(kit, title, box.w), box.h / 2);
  paragraph(kit, {box.x, box.y, box.w, title_h}, title);
  const Paragraph lead{"lead", pin_words(page), lead_look(kit)};
  const int lead_h = std::min(paragraph_height(kit, lead, box.w), box.h - title_h);
  paragraph(kit, {box.x, box.y + title_h, box.w, lead_h}, lead);
  return box.y + title_h + lead_h;
}

// Ready, in need of a look, or at fault: in a word and a shape beside the colour.
enum class Health : std::uint8_t { good, notice, bad };

struct Part {
  const char* id;
  const char* icon;
  std::string name;
  Health health = Health::good;
  std::string detail;
  std::optional<base::Failure> failure;
};

Health health_of(const hal::DeviceHealth& device) {
  if (hal::is_faulted(device.state) || device.state == hal::DeviceState::no_device) return Health::bad;
  const bool warned = device.failure || device.state == hal::DeviceState::starting || device.supply == hal::Supply::low;
  return warned ? Health::notice : Health::good;
}

std::string state_words(const Page& page, const hal::DeviceHealth& device) {
  switch (device.state) {
    case hal::DeviceState::no_device:
      return page.words.text("Not connected");
    case hal::DeviceState::starting:
      return page.words.text("Starting");
    case hal::DeviceState::online:
    case hal::DeviceState::busy:
      return device.supply == hal::Supply::low ? page.words.text("Paper is running low") : page.words.text("Ready");
    case hal::DeviceState::offline:
      return page.words.text("Does not answer");
    case hal::DeviceState::user_fault:
    case hal::DeviceState::hardware_fault:
      break;
  }
  return page.words.text("Needs attention");
}

Part device_part(const Page& page, const char* id, const char* icon, std::string name, const hal::DeviceHealth& device,
                 base::Failure missing) {
  return {id, icon, std::move(name), health_of(device), state_words(page, device), hal::failure_told(device, missing)};
}

Part platform_part(const Page& page) {
  const bool up = page.visit.state.link == offline_cache::Link::up;
  return {"platform",
          up ? "wifi" : "cloud-outline-off",
          page.words.text("Service platform"),
          up ? Health::good : Health::bad,
          up ? page.words.text("Connected") : page.words.text("Not reached. Applications wait here, sealed."),
          std::nullopt};
}

Part queue_part(const Page& page) {
  const kiosk::VisitState& state = page.visit.state;
  const offline_cache::QueueCounts& queue = state.queue;
  const std::string waiting = page.words.plural("{n} waits", "{n} wait", queue.waiting());
  const std::string sent = page.words.plural("{n} sent", "{n} sent", queue.acknowledged);
  const std::string held = page.words.plural("{n} needs a look", "{n} need a look", queue.held + queue.rejected);
  const Health health = !state.intake.open ? Health::bad : queue.held + queue.rejected > 0 ? Health::notice : Health::good;
  return {"queue",
          "database",
          page.words.text("Waiting applications"),
          health,
          waiting + " · " + sent + " · " + held,
          state.intake.failure};
}

// What a hall may do without: not there is worth a look, and no more.
Part optional_part(const Page& page, const char* id, const char* icon, std::string name, const hal::DeviceHealth& device) {
  Part part{id, icon, std::move(name), health_of(device), state_words(page, device), device.failure};
  if (device.state == hal::DeviceState::no_device && !device.failure) part.health = Health::notice;
  return part;
}

Part own_part(const Page& page, const char* id, const char* icon, std::string name, std::optional<base::Failure> failure) {
  return {id,
          icon,
          std::move(name),
          failure ? Health::bad : Health::good,
          failure ? page.words.text("Needs attention") : page.words.text("Ready"),
          failure};
}

// Those that are well are named in one row: what needs somebody shall not be looked for.
std::vector<Part> well_together(const Page& page, std::vector<Part> parts) {
  std::string well;
  for (const Part& part : parts)
    if (part.health == Health::good) well += (well.empty() ? "" : page.words.text(", ")) + part.name;
  std::erase_if(parts, [](const Part& part) { return part.health == Health::good; });
  if (!well.empty()) parts.push_back({"others", "check", page.words.text("All else"), Health::good, well, std::nullopt});
  return parts;
}

std::vector<Part> parts(const Page& page) {
  const kiosk::VisitState& state = page.visit.state;
  std::vector<Part> all{
      device_part(page, "reader", "account-card-details", page.words.text("Card reader"), state.reader,
                  base::Failure::card_no_reader),
      device_part(page, "printer", "printer", page.words.text("Printer"), state.printer, base::Failure::print_no_printer),
      platform_part(page), queue_part(page)};
  for (Part& part :
       well_together(page, {optional_part(page, "scanner", "qrcode-scan", page.words.text("Code scanner"), state.scanner),
                            optional_part(page, "camera", "camera", page.words.text("Camera"), state.camera),
                            own_part(page, "touch", "hand-pointing-right", page.words.text("Touch"), state.touch),
                            own_part(page, "sound", "volume-high", page.words.text("Sound"), state.sound)}))
    all.push_back(std::move(part));
  return all;
}

std::string health_word(const Page& page, Health health) {
  switch (health) {
    case Health::good:
      return page.words.text("Good");
    case Health::notice:
      return page.words.text("Look");
    case Health::bad:
      break;
  }
  return page.words.text("Fault");
}

Notice part_notice(const Page& page, const Part& part) {
  Notice made;
  made.id = std::string("part/") + part.id;
  made.kind = part.health == Health::good     ? NoticeKind::plain
              : part.health == Health::notice ? NoticeKind::attention
                                              : NoticeKind::trouble;
  made.icon = part.icon;
  made.title = part.name + " · " + health_word(page, part.health);
  made.text = part.detail;
  if (part.failure) {
    const base::FailureEntry& entry = base::entry(*part.failure);
    made.text += "\n" + page.words.text(entry.staff);
    made.code = std::string(entry.code);
  }
  return made;
}

Notice test_notice(const Page& page) {
  switch (page.visit.state.staff.test_print) {
    case PrintProgress::printing:
      return {"test", NoticeKind::information, "printer", page.words.text("The test page is being printed"), {}, {}};
    case PrintProgress::printed:
      return {"test", NoticeKind::information, "check", page.words.text("The test page is printed"), {}, {}};
    case PrintProgress::not_printed:
      return {"test", NoticeKind::trouble, "printer-alert", page.words.text("The test page was not printed"), {}, {}};
    case PrintProgress::unknown:
    case PrintProgress::none:
      break;
  }
  return {"test", NoticeKind::attention, "printer-alert", page.words.text("Did the paper come out?"), {}, {}};
}

struct Act {
  const char* id;
  std::string label;
  StaffAction action;
};

void add_acts(Page& page, Flow& flow) {
  Kit& kit = page.kit;
  std::vector<Act> acts{{"test-print", page.words.text("Print a test page"), StaffAction::test_print},
                        {"send-now", page.words.text("Send now"), StaffAction::send_now},
                        {"check-reader", page.words.text("Check the card reader"), StaffAction::check_reader}};
  if (page.visit.state.closed)
    acts.push_back({"open-hall", page.words.text("Open for residents"), StaffAction::open_hall});
  else
    acts.push_back({"close-hall", page.words.text("Close for now"), StaffAction::close_hall});
  std::vector<GridItem> items;
  for (const Act& act : acts) {
    Button spec;
    spec.id = act.id;
    spec.label = act.label;
    spec.kind = act.action == StaffAction::close_hall ? ButtonKind::help : ButtonKind::secondary;
    items.push_back({[&kit, spec](int width) { return button_height(kit, spec, width); },
                     [&kit, &page, spec, action = act.action](const Box& box) {
                       if (button(kit, box, spec)) page.emit(kiosk::DoStaff{action});
                     }});
  }
  add_grid(page, flow, kit.landscape() ? 4 : 2, items);
}

}  // namespace

void staff_pin_overlay(Page& page) {
  const bool ready = !page.visit.state.staff.pin.empty() && !page.visit.state.staff.checking;
  const FooterButton go_on{page.words.text("Go on"), "arrow-right-bold", [](Page& p) { p.emit(kiosk::Next{}); }, !ready};
  const Box area = frame_page(page, Footer{leave_button(page), false, true, go_on});
  Kit& kit = page.kit;
  const int gap = kit.gap();
  const int field_h = kit.px(kPinField);
  if (kit.landscape()) {
    const int half = (area.w - 2 * gap) / 2;
    const int y = pin_head(page, {area.x, area.y, half, area.h - field_h - gap}) + gap;
    pin_field(page, {area.x, std::min(y, area.bottom() - field_h), half, field_h});
    digit_pad(page, {area.x + half + 2 * gap, area.y, half, area.h});
    return;
  }
  const int keys = 4 * kit.px(kit.least_target()) + 3 * gap;
  const int y = pin_head(page, {area.x, area.y, area.w, area.h - keys - field_h - 2 * gap}) + gap;
  pin_field(page, {area.x, y, area.w, field_h});
  digit_pad(page, {area.x, y + field_h + gap, area.w, area.bottom() - y - field_h - gap});
}

void staff_overlay(Page& page) {
  const FooterButton back = next_button(page.words.text("To the residents"), [](Page& p) { p.emit(kiosk::CloseStaff{}); });
  const Box area = frame_page(page, Footer{leave_button(page), false, true, back});
  draw_flow(page, area, [&page](Flow& flow) {
    add_title(page, flow, page.words.text("Staff · this machine"));
    std::vector<GridItem> items;
    for (const Part& part : parts(page)) {
      const Notice spec = part_notice(page, part);
      items.push_back({[&kit = page.kit, spec](int width) { return notice_height(kit, spec, width); },
                       [&kit = page.kit, spec](const Box& box) { notice(kit, box, spec); }});
    }
    add_grid(page, flow, page.kit.landscape() && page.visit.state.text_step < kiosk::TextStep::largest ? 2 : 1, items);
    if (page.visit.state.staff.test_print != PrintProgress::none) add_notice(page, flow, test_notice(page));
    add_acts(page, flow);
  });
}

}  // namespace ui
