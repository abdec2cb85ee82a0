// The staff's page: behind a PIN, over whatever stage the visit is on, so that staff can always get in (and the resident
// loses nothing). Nothing personal is shown there.
#include "kiosk/test_page.h"
#include "kiosk/visit.h"

namespace kiosk {
namespace {

constexpr std::size_t kLongestPin = 12;  // digits

PrintProgress progress_of(hal::PrintOutcome outcome) {
  switch (outcome) {
    case hal::PrintOutcome::confirmed:
      return PrintProgress::printed;
    case hal::PrintOutcome::not_printed:
      return PrintProgress::not_printed;
    case hal::PrintOutcome::unknown:
      break;
  }
  return PrintProgress::unknown;
}

}  // namespace

void Visit::on(OpenStaff) {
  if (!hall_.staff_page) return;
  state_.staff = Staff{};
  state_.overlay = Overlay::staff_pin;
}

void Visit::on(CloseStaff) { leave_staff(); }

void Visit::leave_staff() {
  state_.staff = Staff{};
  close_overlay();
}

// True when the event was for the staff's pages; while they are open everything that a person presses is.
bool Visit::staff_takes(const Event& event) {
  if (state_.overlay != Overlay::staff_pin && state_.overlay != Overlay::staff) return false;
  if (is_setting(event)) return false;
  if (std::holds_alternative<CloseStaff>(event) || std::holds_alternative<Back>(event)) {
    leave_staff();
  } else if (const auto* act = std::get_if<DoStaff>(&event); act != nullptr && state_.overlay == Overlay::staff) {
    carry_out(act->action);
  } else if (state_.overlay == Overlay::staff_pin) {
    type_pin(event);
  }
  return true;
}

void Visit::type_pin(const Event& event) {
  Staff& staff = state_.staff;
  if (staff.checking) return;
  if (const auto* digit = std::get_if<PressDigit>(&event); digit != nullptr && staff.pin.size() < kLongestPin)
    staff.pin.append(std::string_view(&digit->digit, 1));
  if (std::holds_alternative<EraseDigit>(event)) staff.pin.pop_back();
  if (std::holds_alternative<ClearDigits>(event)) staff.pin.wipe();
  if (!std::holds_alternative<Next>(event) || staff.pin.empty()) return;
  staff.checking = true;
  commands_.emplace_back(CheckStaffPin{std::move(staff.pin)});
}

void Visit::on(const StaffPinChecked& checked) {
  if (state_.overlay != Overlay::staff_pin) return;
  state_.staff = Staff{};
  if (checked.right)
    state_.overlay = Overlay::staff;
  else
    state_.staff.refused = true;
  state_.staff.locked_for = checked.locked_for;
}

void Visit::carry_out(StaffAction action) {
  switch (action) {
    case StaffAction::test_print:
      state_.staff.test_print = PrintProgress::printing;
      commands_.emplace_back(Print{++last_job_, test_page(hall_, now_, state_.language, translations_)});
      state_.staff.test_job = last_job_;
      return;
    case StaffAction::send_now:
      commands_.emplace_back(SendNow{});
      return;
    case StaffAction::check_reader:
      commands_.emplace_back(CheckReader{});
      return;
    case StaffAction::close_hall:
      return close_hall(true);
    case StaffAction::open_hall:
      return close_hall(false);
  }
}

// A visit that is going on ends as any other does: wiped.
void Visit::close_hall(bool closed) {
  if (state_.stage == Stage::saving) return;  // the resident would lose the code of what is already submitted
  leave_staff();
  if (closed && state_.session) end_session();
  state_.closed = closed;
  enter_welcome();
}

bool Visit::test_page_finished(const hal::PrintFinished& finished) {
  if (state_.staff.test_job == 0 || finished.job != state_.staff.test_job) return false;
  state_.staff.test_print = progress_of(finished.outcome);
  return true;
}

}  // namespace kiosk
