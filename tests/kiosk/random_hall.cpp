#include "tests/kiosk/random_hall.h"

#include <array>

#include "kiosk/entry.h"
#include "kiosk/form.h"
#include "kiosk/form_choices.h"
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {

using base::Failure;
using kiosk::Event;

Event RandomHall::draw() {
  const auto lot = below(100);
  if (lot < 60) return sensible_press();
  if (lot < 68) return any_press();
  if (lot < 80) return reader();
  if (lot < 85) return printer();
  if (lot < 93) return courier();
  if (lot < 96) return registrar();
  return TimePassed{};
}

void RandomHall::let_time_pass() {
  const auto lot = below(100);
  if (lot < 90) return clock_.advance(std::chrono::milliseconds(below(900)));
  if (lot < 99) return clock_.advance(std::chrono::milliseconds(below(60'000)));
  clock_.advance(std::chrono::seconds(below(3600)));
}

// What somebody would do who wants to come through.
Event RandomHall::sensible_press() {
  const auto& state = visit_.state();
  if (state.overlay != Overlay::none && one_in(2)) return StillHere{};
  switch (state.stage) {
    case Stage::welcome:
      return one_in(2) ? Event(BrowseServices{}) : one_in(4) ? Event(OpenWindows{}) : reader();
    case Stage::services:
      if (one_in(8)) return OpenStatus{};
      if (one_in(8)) return ChooseCategory{static_cast<Category>(below(kCategories.size()))};
      return ChooseService{visit_.services()[below(visit_.services().size())].id};
    case Stage::identify:
      return reader();
    case Stage::not_eligible:
      return Back{};
    case Stage::question:
      break;
    case Stage::check:
      if (one_in(3)) return ChangeAnswer{state.session->service->questions[below(state.session->service->questions.size())].id};
      return one_in(8) ? Event(Back{}) : SubmitApplication{};
    case Stage::saving:
      return courier();
    case Stage::receipt:
      return one_in(3) ? Event(Done{}) : one_in(2) ? Event(PrintAgain{}) : AnotherService{};
    case Stage::windows:
      return ChooseService{visit_.services()[below(visit_.services().size())].id};
    case Stage::ticket:
      if (!state.session->ticket->given) return registrar();
      return one_in(3) ? Event(Done{}) : one_in(2) ? Event(PrintAgain{}) : AnotherService{};
    case Stage::status:
      return status_press();
    case Stage::take_card:
      return hal::CardReaderEvent{hal::CardLifted{}};
    case Stage::wiped:
      return Touched{};
  }
  const auto& question = *visit_.current_question();
  if (question.optional && one_in(4)) return Skip{};
  if (staff_may_answer(question) && one_in(8)) return LeaveToStaff{};
  if (visit_.can_go_on() && !one_in(5)) return Next{};
  if (uses_keys(question, *state.session)) return next_key(question);
  if (choice_count(question, *state.session) > 0) return ChooseOption{below(choice_count(question, *state.session) + 1)};
  return words_press(question);
}

// A code is scanned or typed, the answer comes, and they go back.
Event RandomHall::status_press() {
  const auto& earlier = visit_.state().session->earlier;
  if (earlier.asking && !one_in(4))
    return offline_cache::CourierEvent{offline_cache::StatusAnswer{
        *earlier.asking, {}, one_in(2) ? std::optional(Failure::net_unreachable) : std::nullopt, one_in(2)}};
  if (earlier.typing && visit_.can_go_on()) return Next{};
  if (earlier.typing && !one_in(5)) {
    constexpr std::string_view kCode = "7K429M6";
    return TypeText{base::Secret(kCode.substr(visit_.state().session->typed.size() % kCode.size(), 1))};
  }
  if (one_in(4)) return TypeReceipt{};
  if (one_in(4)) return hal::CodeScannerEvent{hal::CodeScanned{hal::PayloadKind::receipt_code, base::Secret("7K4-29M-6")}};
  return one_in(3) ? reader() : Event(Back{});
}

// Digit by digit towards a good number; now and then a slip.
Event RandomHall::next_key(const kiosk::Question& question) {
  static constexpr std::string_view kDay = "20260308";
  const auto typed = visit_.state().session->digits.size();
  if (one_in(10)) return EraseDigit{};
  const std::string_view wanted = question.kind == InputKind::date        ? kDay
                                  : question.kind == InputKind::id_number ? std::string_view("000000198105060031")
                                                                          : std::string_view("13800138000");
  return PressDigit{wanted[typed % wanted.size()]};
}

Event RandomHall::words_press(const kiosk::Question& question) {
  if (question.kind == InputKind::code)
    return hal::CodeScannerEvent{hal::CodeScanned{hal::PayloadKind::receipt_code, base::Secret("7K4-29M-3")}};
  if (question.kind == InputKind::card) return reader();
  if (question.kind == InputKind::signature) return Sign{base::Secret("M10 10l20 0 5 30")};
  if (question.kind == InputKind::photo) return photo_press();
  if (question.kind == InputKind::address && !visit_.state().session->part)
    return CorrectPart{static_cast<AddressPart>(below(kAddressParts))};
  if (one_in(4)) return ChooseWay{static_cast<TextWay>(below(4))};
  if (one_in(4)) return ChoosePhrase{below(6)};
  return TypeText{base::Secret(kLi.name)};
}

// Towards a photograph; now and then back, or the camera goes.
Event RandomHall::photo_press() {
  if (one_in(6)) return camera();
  switch (visit_.state().session->photo.step) {
    case PhotoStep::intro:
      return AimCamera{};
    case PhotoStep::aim:
      return one_in(2) ? Event(TakePhoto{}) : camera();
    case PhotoStep::look:
      return one_in(3) ? Event(DropPhoto{}) : KeepPhoto{};
    case PhotoStep::kept:
      break;
  }
  return one_in(2) ? Event(AimCamera{}) : DropPhoto{};
}

Event RandomHall::camera() {
  if (one_in(5)) return hal::CameraEvent{some_health(Failure::camera_no_answer)};
  hal::CameraFrame frame{32, 24, {}};
  const std::string pixels(32 * 24, static_cast<char>(below(256)));
  frame.pixels = base::Secret(one_in(20) ? std::string_view(pixels).substr(7) : pixels);
  return hal::CameraEvent{std::move(frame)};
}

Event RandomHall::any_press() {
  switch (below(29)) {
    case 26:
      return photo_press_at_random();
    case 27:
      return camera();
    case 19:
      return ChooseWay{static_cast<TextWay>(below(4))};
    case 20:
      return ChoosePhrase{below(8)};
    case 21:
      return TypeText{base::Secret(one_in(2) ? kLi.name : kLi.address)};
    case 22:
      return Sign{base::Secret(one_in(2) ? "M1 1l2 2" : kLi.name)};
    case 23:
      return CorrectPart{static_cast<AddressPart>(below(kAddressParts))};
    case 24:
      return LeaveToStaff{};
    case 25:
      return scanner();
    case 0:
      return BrowseServices{};
    case 1:
      return ChooseService{one_in(2) ? "no-such-service" : visit_.services().front().id};
    case 2:
      return ChooseOption{below(9)};
    case 3:
      return PressDigit{static_cast<char>('/' + below(12))};
    case 4:
      return EraseDigit{};
    case 5:
      return ClearDigits{};
    case 6:
      return Next{};
    case 7:
      return Skip{};
    case 8:
      return one_in(4) ? Event(StartOver{}) : Back{};
    case 9:
      return Back{};
    case 10:
      return ChangeAnswer{"phone"};
    case 11:
      return SubmitApplication{};
    case 12:
      return one_in(2) ? Event(AnotherService{}) : Done{};
    case 13:
      return StillHere{};
    case 14:
      return one_in(3) ? Event(OpenVoice{}) : one_in(2) ? Event(OpenKeys{}) : OpenHelp{};
    case 15:
      return CloseHelp{};
    case 16:
      return PrintAgain{};
    case 17:
      return PaperIsHere{};
    case 18:
      return some_setting();
    default:
      return Touched{};
  }
}

Event RandomHall::photo_press_at_random() {
  switch (below(4)) {
    case 0:
      return AimCamera{};
    case 1:
      return TakePhoto{};
    case 2:
      return KeepPhoto{};
    default:
      return DropPhoto{};
  }
}

Event RandomHall::some_setting() {
  switch (below(9)) {
    case 0:
      return SetLanguage{one_in(2) ? "en" : "zh"};
    case 1:
      return SetTextStep{static_cast<TextStep>(below(4))};
    case 2:
      return SetTheme{static_cast<Theme>(below(4))};
    case 3:
      return SetLowLayout{one_in(2)};
    case 4:
      return SetVoice{{one_in(2), one_in(2), one_in(2), static_cast<int>(below(7)), static_cast<int>(below(5))}};
    case 5:
      return HeadsetChanged{one_in(2)};
    case 6:
      return Speaking{one_in(2)};
    case 7:
      return SetSteady{one_in(2)};
    default:
      return ResetSettings{};
  }
}

Event RandomHall::scanner() {
  if (one_in(3)) return hal::CodeScannerEvent{some_health(Failure::scan_not_wanted)};
  if (one_in(3)) return hal::CodeScannerEvent{hal::ScanRefused{}};
  return hal::CodeScannerEvent{hal::CodeScanned{hal::PayloadKind::plain_text, base::Secret(kLi.address)}};
}

hal::DeviceHealth RandomHall::some_health(Failure failure) {
  using enum hal::DeviceState;
  if (!one_in(4)) return {online, {}, "D1"};
  switch (below(4)) {
    case 0:
      return {no_device, {}, ""};
    case 1:
      return {starting, {}, ""};
    case 2:
      return {hal::faulted_by(failure), {}, "D1"};
    default:
      return {hal::faulted_by(failure), failure, "D1"};
  }
}

Event RandomHall::reader() {
  using hal::CardReaderEvent;
  const auto lot = below(20);
  if (lot == 0) return CardReaderEvent{some_health(Failure::card_no_answer)};
  if (lot == 1) return CardReaderEvent{hal::CardRejected{Failure::card_data_bad}};
  if (lot < 6) return CardReaderEvent{hal::CardLifted{}};
  reading_ = !reading_;
  if (reading_) return CardReaderEvent{hal::CardLaid{}};
  const std::array<const TestPerson*, 6> people{&kWang, &kWang, &kWang, &kWang, &kLi, &kZhang};
  auto read = person(*people.at(below(people.size())));
  if (one_in(10)) read.address.wipe();
  if (one_in(10)) read.checks.validity = hal::Validity::expired;
  return CardReaderEvent{hal::CardRead{std::move(read)}};
}

Event RandomHall::printer() {
  if (one_in(4)) return hal::PrinterEvent{some_health(Failure::print_no_paper)};
  hal::PrintFinished finished;
  finished.job = one_in(4) ? static_cast<hal::PrintJobId>(below(last_job_ + 2)) : last_job_;
  finished.outcome = static_cast<hal::PrintOutcome>(below(3));
  if (one_in(2)) finished.failure = Failure::print_cover_open;
  return hal::PrinterEvent{finished};
}

base::Uuid RandomHall::some_id() {
  if (submitted_.empty() || one_in(6)) return ids_.next();
  return one_in(4) ? submitted_[below(submitted_.size())] : submitted_.back();
}

// The registrar answers what was asked of it, fails, or says something about another ticket.
Event RandomHall::registrar() {
  using namespace offline_cache;
  const auto& session = visit_.state().session;
  const auto id = session && session->ticket && !one_in(6) ? session->ticket->id : ids_.next();
  if (one_in(8)) return RegistrarEvent{TicketFailed{id, Failure::ticket_unavailable}};
  if (one_in(12)) return RegistrarEvent{AuditChanged{one_in(3) ? std::optional(Failure::audit_unwritable) : std::nullopt}};
  Ticket ticket;
  ticket.id = id;
  ticket.label = "A017";
  return RegistrarEvent{TicketIssued{ticket, one_in(2) ? std::optional<int>(3) : std::nullopt}};
}

Event RandomHall::courier() {
  using namespace offline_cache;
  switch (below(10)) {
    case 0:
      return CourierEvent{SaveFailed{some_id(), Failure::save_io_error}};
    case 1:
      return CourierEvent{Refused{some_id(), Failure::save_record_held}};
    case 2:
      return CourierEvent{LinkChanged{static_cast<Link>(below(3)), {}}};
    case 3:
      return CourierEvent{IntakeChanged{!one_in(8), Failure::save_disk_full}};
    case 4:
      return CourierEvent{QueueCounts{1, 0, 0, 0, 0, 0, 0}};
    default:
      break;
  }
  const auto id = some_id();
  if (one_in(3)) {
    received_.insert(id);
    return CourierEvent{Received{id, "2026-000017"}};
  }
  saved_.insert(id);
  return CourierEvent{Saved{id, "7K4-29M-6", clock_.wall()}};
}

void RandomHall::carry_out(const kiosk::Commands& commands) {
  constexpr std::size_t kRemembered = 4;
  for (const auto& command : commands) {
    if (const auto* print = std::get_if<kiosk::Print>(&command)) last_job_ = print->job;
    if (const auto* submit = std::get_if<kiosk::SubmitToQueue>(&command)) submitted_.push_back(submit->submission.id);
    if (submitted_.size() > kRemembered) submitted_.erase(submitted_.begin());
  }
}

}  // namespace visit_test
