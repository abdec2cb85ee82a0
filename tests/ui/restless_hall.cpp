#include "tests/ui/restless_hall.h"

namespace ui {
namespace {

using base::Failure;
using namespace std::chrono_literals;

hal::Person somebody(bool old) {
  hal::Person person;
  person.name = base::Secret("王秀兰");
  person.sex = hal::Sex::female;
  person.birth = base::Secret(old ? "19410308" : "19810308");
  person.address = base::Secret("虚构省样例市和平里3号楼2单元501");
  person.id_number = base::Secret(old ? "00000019410308002X" : "00000019810308002X");
  person.valid_from = "20200101";
  person.checks = {true, true, true, true, hal::Validity::valid};
  return person;
}

}  // namespace

RestlessHall::RestlessHall(const test_support::FakeClock& clock, std::mt19937_64& random) : clock_(clock), random_(random) {
  const hal::DeviceHealth online{hal::DeviceState::online, {}, "D1"};
  later(0, 900, hal::CardReaderEvent{online});
  later(0, 900, hal::PrinterEvent{online});
  later(0, 900, hal::CodeScannerEvent{online});
  later(0, 900, hal::CameraEvent{online});
  later(0, 900, offline_cache::CourierEvent{offline_cache::IntakeChanged{true, {}}});
  later(0, 900, offline_cache::CourierEvent{offline_cache::LinkChanged{offline_cache::Link::up, {}}});
}

void RestlessHall::later(std::size_t least_ms, std::size_t most_ms, kiosk::Event event) {
  const auto delay = std::chrono::milliseconds(least_ms + below(most_ms - least_ms + 1));
  waiting_.emplace(clock_.now() + delay, std::move(event));
}

kiosk::Event RestlessHall::take() {
  auto first = waiting_.extract(waiting_.begin());
  return std::move(first.mapped());
}

void RestlessHall::carry_out(const kiosk::Commands& commands) {
  for (const auto& command : commands) std::visit([this](const auto& each) { carry_out(each); }, command);
}

void RestlessHall::lay_card() {
  later(200, 20'000, hal::CardReaderEvent{hal::CardLaid{}});
  if (one_in(8))
    later(20'001, 24'000, hal::CardReaderEvent{hal::CardRejected{Failure::card_data_bad}});
  else
    later(20'001, 24'000, hal::CardReaderEvent{hal::CardRead{somebody(!one_in(4))}});
  later(24'001, 300'000, hal::CardReaderEvent{hal::CardLifted{}});
}

hal::DeviceHealth RestlessHall::some_health(Failure failure) {
  if (!one_in(3)) return {hal::DeviceState::online, {}, "D1"};
  return {hal::faulted_by(failure), failure, "D1"};
}

void RestlessHall::stir() {
  using namespace offline_cache;
  switch (below(60)) {
    case 0:
    case 1:
      return lay_card();
    case 2:
      return later(0, 9000, hal::CardReaderEvent{some_health(Failure::card_no_answer)});
    case 3:
      return later(0, 9000, hal::PrinterEvent{some_health(Failure::print_no_paper)});
    case 4:
      return later(0, 9000, hal::CodeScannerEvent{some_health(Failure::scan_not_wanted)});
    case 5:
      return later(0, 9000, CourierEvent{LinkChanged{static_cast<Link>(below(3)), {}}});
    case 6:
      return later(0, 9000, CourierEvent{IntakeChanged{!one_in(6), Failure::save_disk_full}});
    case 7:
      return later(0, 9000, kiosk::HeadsetChanged{one_in(2)});
    case 8:
      return later(0, 9000, kiosk::Speaking{one_in(3)});
    default:
      return;
  }
}

void RestlessHall::carry_out(const kiosk::WantCard& command) {
  if (command.wanted && one_in(3)) lay_card();
}

void RestlessHall::carry_out(const kiosk::WantCode& command) {
  if (!command.request || one_in(3)) return;
  if (one_in(4)) return later(500, 20'000, hal::CodeScannerEvent{hal::ScanRefused{}});
  later(500, 20'000, hal::CodeScannerEvent{hal::CodeScanned{command.request->wanted.front(), base::Secret("7K4-29M-3")}});
}

void RestlessHall::carry_out(const kiosk::WantPictures& command) {
  if (!command.wanted) return;
  const std::string pixels(64UL * 48, static_cast<char>(below(256)));
  for (int frame = 0; frame < 4; ++frame) later(300, 30'000, hal::CameraEvent{hal::CameraFrame{64, 48, base::Secret(pixels)}});
  if (one_in(6)) later(300, 30'000, hal::CameraEvent{some_health(Failure::camera_no_answer)});
}

void RestlessHall::carry_out(const kiosk::SubmitToQueue& command) {
  using namespace offline_cache;
  const base::Uuid id = command.submission.id;
  if (one_in(8)) return;  // never
  if (one_in(8)) return later(10, 40'000, CourierEvent{SaveFailed{id, Failure::save_io_error}});
  later(10, one_in(4) ? 40'000 : 900, CourierEvent{Saved{id, "7K4-29M-6", clock_.wall()}});
  if (one_in(2)) later(1000, 60'000, CourierEvent{Received{id, "2026-000017"}});
}

void RestlessHall::carry_out(const kiosk::IssueTicket& command) {
  using namespace offline_cache;
  if (one_in(8)) return;
  if (one_in(6)) return later(10, 15'000, RegistrarEvent{TicketFailed{command.id, Failure::ticket_unavailable}});
  Ticket ticket;
  ticket.id = command.id;
  ticket.series = command.series;
  ticket.label = std::string(1, command.series) + "017";
  ticket.issued = clock_.wall();
  later(10, 15'000, RegistrarEvent{TicketIssued{ticket, one_in(2) ? std::optional<int>(3) : std::nullopt}});
}

void RestlessHall::carry_out(const kiosk::AskStatus& command) {
  using namespace offline_cache;
  if (one_in(8)) return;
  const auto failure = one_in(3) ? std::optional(Failure::net_unreachable) : std::nullopt;
  later(10, 15'000, CourierEvent{StatusAnswer{command.question.id, {}, failure, one_in(3)}});
}

void RestlessHall::carry_out(const kiosk::Print& command) {
  if (one_in(8)) return;
  hal::PrintFinished finished;
  finished.job = command.job;
  finished.outcome = static_cast<hal::PrintOutcome>(below(3));
  if (finished.outcome != hal::PrintOutcome::confirmed) finished.failure = Failure::print_no_paper;
  later(500, one_in(6) ? 130'000 : 9000, hal::PrinterEvent{finished});
}

}  // namespace ui
