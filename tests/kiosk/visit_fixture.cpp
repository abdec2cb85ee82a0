#include "tests/kiosk/visit_fixture.h"

#include "tests/support/local_moment.h"

namespace visit_test {

const TestPerson kWang{"王秀兰", "000000194103080025", "19410308", "虚构省样例市和平里3号楼2单元501"};
const TestPerson kLi{"李小军", "000000198105060037", "19810506", "虚构省样例市和平里4号楼1单元102"};
const TestPerson kZhang{"张建国", "000000193601020013", "19360102", "虚构省样例市和平里5号楼3单元303"};

hal::Person person(const TestPerson& known) {
  hal::Person made;
  made.name = base::Secret(known.name);
  made.sex = hal::Sex::female;
  made.birth = base::Secret(known.birth);
  made.address = base::Secret(known.address);
  made.id_number = base::Secret(known.number);
  made.valid_from = "20200101";
  made.checks = {true, true, true, true, hal::Validity::valid};
  return made;
}

Moment moment_of(const test_support::FakeClock& clock) { return test_support::local_moment(clock); }

const std::vector<std::string>& personal_values() {
  static const std::vector<std::string> values{kWang.name,   kWang.number,   kWang.birth,   kWang.address, kLi.name,
                                               kLi.number,   kLi.birth,      kLi.address,   kZhang.name,   kZhang.number,
                                               kZhang.birth, kZhang.address, "13800138000", "7K4-29M-6"};
  return values;
}

AVisit::AVisit() {
  done = visit.start();
  happens(hal::CardReaderEvent{hal::DeviceHealth{hal::DeviceState::online, {}, "R1"}});
  printer_is(hal::DeviceState::online);
  intake_is(true);
}

void AVisit::happens(Event event) {
  for (auto& command : visit.handle(std::move(event), moment_of(clock))) done.push_back(std::move(command));
}

void AVisit::passes(std::chrono::nanoseconds span) {
  const auto until = clock.now() + span;
  while (visit.deadline() && *visit.deadline() <= until) {
    if (*visit.deadline() > clock.now()) clock.advance(*visit.deadline() - clock.now());
    const auto due = visit.deadline();
    happens(TimePassed{});
    ASSERT_NE(visit.deadline(), due) << "a deadline that was met stands again";
  }
  clock.advance(until - clock.now());
}

void AVisit::lays_card(const TestPerson& known) {
  happens(hal::CardReaderEvent{hal::CardLaid{}});
  happens(hal::CardReaderEvent{hal::CardRead{person(known)}});
}

void AVisit::chooses(std::size_t option) {
  happens(ChooseOption{option});
  happens(Next{});
}

void AVisit::types(std::string_view digits) {
  for (const char digit : digits) happens(PressDigit{digit});
}

void AVisit::printer_is(hal::DeviceState state, std::optional<base::Failure> failure) {
  happens(hal::PrinterEvent{hal::DeviceHealth{state, failure, "P1"}});
}

void AVisit::link_is(offline_cache::Link link) { happens(offline_cache::CourierEvent{offline_cache::LinkChanged{link, {}}}); }

void AVisit::intake_is(bool open, std::optional<base::Failure> failure) {
  happens(offline_cache::CourierEvent{offline_cache::IntakeChanged{open, failure}});
}

void AVisit::is_saved(const base::Uuid& id, const std::string& code) {
  happens(offline_cache::CourierEvent{offline_cache::Saved{id, code, clock.wall()}});
}

void AVisit::is_received(const base::Uuid& id, const std::string& number) {
  happens(offline_cache::CourierEvent{offline_cache::Received{id, number}});
}

void AVisit::printing_ends(hal::PrintOutcome outcome, std::optional<base::Failure> failure) {
  printing_ends(commands<Print>().back()->job, outcome, failure);
}

void AVisit::printing_ends(hal::PrintJobId job, hal::PrintOutcome outcome, std::optional<base::Failure> failure) {
  happens(hal::PrinterEvent{hal::PrintFinished{job, outcome, hal::Evidence::processed, failure}});
}

void AVisit::comes_to_first_question() {
  lays_card(kWang);
  happens(ChooseService{"allowance"});
}

void AVisit::comes_to_check() {
  comes_to_first_question();
  chooses(0);
  chooses(1);
  types("0427");
  happens(Next{});
  types("13800138000");
  happens(Next{});
  chooses(0);
}

void AVisit::comes_to_saving() {
  comes_to_check();
  happens(SubmitApplication{});
}

void AVisit::comes_to_receipt() {
  comes_to_saving();
  is_saved(application());
}

void AVisit::comes_to_repair_check() {
  happens(BrowseServices{});
  happens(ChooseService{"repair"});
  chooses(0);
  types("501");
  happens(Next{});
  chooses(0);
}

}  // namespace visit_test
