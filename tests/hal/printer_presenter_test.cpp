// Mechanisms that hold the cut ticket until somebody takes it.
#include <thread>

#include "base/hex.h"
#include "tests/hal/printer_rig.h"

namespace {

using namespace printer_rig;
using base::Failure;
using enum hal::PrinterTrouble;
using hal::DeviceState;
using hal::EscposMachineType;
using hal::Evidence;
using hal::Media;
using hal::PresenterKind;
using hal::PrintOutcome;

EscposMachineType custom(PresenterKind kind = PresenterKind::custom_kpm) {
  EscposMachineType type;
  type.presenter = kind;
  type.answers_automatic_status = type.answers_process_id = type.clears_buffers = false;
  return type;
}

bool ticket_shows(const hal::DeviceHealth& health) { return health.media == Media::present; }

class APresenter : public testing::Test {
 protected:
  void start(EscposMachineType type, hal::PrinterProfile profile) {
    rig = std::make_unique<PrinterRig>(std::move(type), std::move(profile));
    rig->start();
    rig->await(DeviceState::online);
  }
  hal::PrinterProfile patient() {
    auto loaded = profile("custom-kpm-presenter");
    loaded.presenter->retract_after = std::chrono::seconds{0};
    return loaded;
  }
  // A job whose ticket nobody takes while it waits.
  hal::PrintFinished leave_a_ticket(hal::PrinterProfile profile) {
    profile.presenter->taken_within = std::chrono::seconds{0};
    start(custom(), std::move(profile));
    return rig->print(short_ticket());
  }
  std::unique_ptr<PrinterRig> rig;
};

TEST_F(APresenter, knows_that_the_ticket_was_taken) {
  start(custom(), patient());
  EXPECT_EQ(rig->health.media, Media::none);
  rig->printer->print(++rig->last_job, short_ticket());
  EXPECT_EQ(rig->await_health(ticket_shows).state, DeviceState::busy);
  EXPECT_TRUE(rig->machine->take_ticket());
  const auto result = rig->await_result();
  EXPECT_EQ(result.outcome, PrintOutcome::confirmed);
  EXPECT_EQ(result.evidence, Evidence::taken);
  EXPECT_EQ(rig->await(DeviceState::online).media, Media::taken);
  EXPECT_EQ(rig->machine->presenter().taken(), 1);
}

TEST_F(APresenter, never_claims_taken_for_a_ticket_that_stays) {
  const auto result = leave_a_ticket(patient());
  EXPECT_EQ(result.outcome, PrintOutcome::confirmed);
  EXPECT_LT(result.evidence, Evidence::taken);
  EXPECT_EQ(rig->await(DeviceState::user_fault, Failure::print_ticket_waiting).media, Media::present);
}

TEST_F(APresenter, refuses_the_next_job_until_the_ticket_before_is_taken) {
  leave_a_ticket(patient());
  const auto refused = rig->print(short_ticket("B-222"));
  EXPECT_EQ(refused.outcome, PrintOutcome::not_printed);
  EXPECT_EQ(refused.failure, Failure::print_ticket_waiting);
  EXPECT_EQ(count_inked(rig->machine->tickets()), 1U);
  rig->machine->take_ticket();
  rig->await(DeviceState::online);
  EXPECT_EQ(rig->print(short_ticket("B-222")).outcome, PrintOutcome::confirmed);
}

TEST_F(APresenter, draws_a_forgotten_ticket_back_only_if_its_profile_says_so) {
  leave_a_ticket(patient());
  rig->await(DeviceState::user_fault, Failure::print_ticket_waiting);
  EXPECT_EQ(rig->machine->presenter().retracted(), 0);
  auto profile = patient();
  profile.presenter->retract_after = std::chrono::seconds{1};
  leave_a_ticket(profile);
  rig->await(DeviceState::user_fault, Failure::print_ticket_waiting);
  EXPECT_EQ(rig->await(DeviceState::online).media, Media::none);
  EXPECT_EQ(rig->machine->presenter().retracted(), 1);
}

TEST_F(APresenter, of_another_model_needs_another_profile_for_the_same_opcode) {
  for (const bool right : {true, false}) {
    auto wanted = profile(right ? "custom-tptcm-presenter" : "custom-kpm-presenter");
    start(custom(PresenterKind::custom_tptcm), wanted);
    rig->machine->begin_after_rows(20, paper_out);
    rig->print(short_ticket());
    rig->machine->end(paper_out);
    rig->await(DeviceState::online);  // what hung was cut off and is to be drawn inside
    EXPECT_EQ(rig->machine->presenter().retracted(), right ? 1 : 0);
    EXPECT_EQ(rig->machine->presenter().motor_runs(), !right);
  }
}

TEST_F(APresenter, that_jams_leaves_the_ticket_unknown_and_is_clean_when_freed) {
  start(custom(), patient());
  rig->machine->jam_next_ticket();
  const auto result = rig->print(short_ticket());
  EXPECT_EQ(result.outcome, PrintOutcome::unknown);
  EXPECT_EQ(result.failure, Failure::print_paper_jam);
  rig->await(DeviceState::hardware_fault, Failure::print_paper_jam);
  rig->machine->end(paper_jam);
  rig->await(DeviceState::online);
  EXPECT_FALSE(rig->machine->presenter().at_mouth());
  rig->printer->print(++rig->last_job, short_ticket("B-222"));
  rig->await_health(ticket_shows);
  rig->machine->take_ticket();
  EXPECT_EQ(rig->await_result().evidence, Evidence::taken);
}

TEST_F(APresenter, unplugged_while_the_ticket_waits_leaves_it_confirmed) {
  start(custom(), patient());
  rig->printer->print(++rig->last_job, short_ticket());
  rig->await_health(ticket_shows);
  rig->machine->unplug();
  const auto result = rig->await_result();
  EXPECT_EQ(result.outcome, PrintOutcome::confirmed);
  EXPECT_LT(result.evidence, Evidence::taken);
}

TEST_F(APresenter, that_draws_back_by_itself_is_told_when_and_never_keeps_its_short_time) {
  start(custom(PresenterKind::citizen_pmu), profile("citizen-pmu-presenter"));
  const auto result = rig->print(short_ticket());
  EXPECT_EQ(result.outcome, PrintOutcome::confirmed);
  EXPECT_LT(result.evidence, Evidence::taken) << "it has no sensor that we can ask";
  const auto received = rig->machine->received();
  const std::string all(received.begin(), received.end());
  EXPECT_NE(all.find("\x1dR1\x78"), std::string::npos) << "120 s";
  auto never = profile("citizen-pmu-presenter");
  never.presenter->retract_after = std::chrono::seconds{0};
  start(custom(PresenterKind::citizen_pmu), never);
  rig->print(short_ticket());
  const auto again = rig->machine->received();
  EXPECT_NE(std::string(again.begin(), again.end()).find("\x1dR1\xff"), std::string::npos) << "as long as it can";
}

}  // namespace
