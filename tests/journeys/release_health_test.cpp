// What an update agent is told of a release, and of the moment to restart the machine (kiosk/app/release_health.h, linlictl).
#include "kiosk/app/release_health.h"

#include <functional>
#include <thread>

#include "base/mailbox.h"
#include "kiosk/app/child_process.h"
#include "kiosk/app/control_desk.h"
#include "tests/journeys/journey.h"

namespace {

using namespace std::chrono_literals;
using base::Failure;
using kiosk::VisitState;

constexpr base::Instant kSince{1h};

VisitState well() {
  VisitState state;
  state.intake = {true, std::nullopt};
  return state;
}

TEST(ARelease, is_good_once_the_platform_has_answered) {
  EXPECT_NE(kiosk::missing_to_be_good(well(), kSince, false, kSince + 1min), "");
  EXPECT_EQ(kiosk::missing_to_be_good(well(), kSince, true, kSince), "");
}

TEST(ARelease, is_good_after_ten_minutes_without_a_platform) {
  EXPECT_NE(kiosk::missing_to_be_good(well(), kSince, false, kSince + 10min - 1s), "");
  EXPECT_EQ(kiosk::missing_to_be_good(well(), kSince, false, kSince + 10min), "");
}

TEST(ARelease, is_not_good_whoever_has_answered_while_its_queue_is_not) {
  const auto missing = [](const offline_cache::IntakeChanged& intake) {
    VisitState state;
    state.intake = intake;
    return kiosk::missing_to_be_good(state, std::nullopt, true, kSince);
  };
  EXPECT_NE(missing({}), "") << "it is not open yet";
  for (const auto failure : {Failure::save_io_error, Failure::save_store_newer, Failure::save_store_unopenable,
                             Failure::save_no_seal_key, Failure::save_no_device_key})
    EXPECT_TRUE(missing({false, failure}).starts_with(base::entry(failure).code)) << missing({false, failure});
  EXPECT_TRUE(missing({true, Failure::save_store_corrupt, true}).starts_with("SAVE-003")) << "it says that it found damage";
}

TEST(ARelease, is_not_to_blame_for_a_full_disk_or_for_damage_of_another_day) {
  for (const offline_cache::IntakeChanged& intake :
       {offline_cache::IntakeChanged{false, Failure::save_disk_full}, offline_cache::IntakeChanged{true, Failure::save_disk_full},
        offline_cache::IntakeChanged{true, Failure::save_store_corrupt, false}}) {
    VisitState state;
    state.intake = intake;
    EXPECT_EQ(kiosk::missing_to_be_good(state, kSince, true, kSince), "");
  }
}

TEST(ARelease, is_not_good_without_its_audit_log) {
  auto state = well();
  state.audit = Failure::audit_unwritable;
  EXPECT_TRUE(kiosk::missing_to_be_good(state, kSince, true, kSince).starts_with("AUDIT-001"));
}

TEST(AMachine, may_be_restarted_when_nobody_is_in_the_middle_of_anything) {
  EXPECT_EQ(kiosk::what_is_under_way(well()), "");
  const auto busy = [](const std::function<void(VisitState&)>& change) {
    auto state = well();
    change(state);
    return !kiosk::what_is_under_way(state).empty();
  };
  EXPECT_TRUE(busy([](VisitState& s) { s.stage = kiosk::Stage::question; }));
  EXPECT_TRUE(busy([](VisitState& s) { s.stage = kiosk::Stage::take_card; })) << "the card would be read as somebody's";
  EXPECT_TRUE(busy([](VisitState& s) { s.card_on_plate = true; }));
  EXPECT_TRUE(busy([](VisitState& s) { s.overlay = kiosk::Overlay::staff; }));
  EXPECT_TRUE(busy([](VisitState& s) { s.printer.state = hal::DeviceState::busy; }));
  EXPECT_TRUE(busy([](VisitState& s) { s.queue.in_flight = 1; }));
  EXPECT_FALSE(busy([](VisitState& s) { s.queue.queued = 1; })) << "what waits, waits on the disk";
}

// linlictl, the program itself, beside a running kiosk.
class AnUpdateAgent : public testing::Test {
 protected:
  explicit AnUpdateAgent(bool offline = false) : journey("en", offline) {}

  // Asks one question at a time. What it is told comes by next_word(), at the end "ended with 0" or what it was.
  void asks(const std::string& words) {
    auto started = kiosk::ChildProcess::start(
        {"/bin/sh", "-c", R"("$0" --socket "$1" )" + words + R"(; echo "ended with $?")",
         (kiosk::program_folder() / "linlictl").string(), (journey.folder() / "control.sock").string()},
        [this](std::string line) { (void)lines.post(std::move(line)); });
    ASSERT_TRUE(started);
    linlictl = *std::move(started);
  }
  std::string next_word() {
    for (const auto until = std::chrono::steady_clock::now() + 60s; std::chrono::steady_clock::now() < until;) {
      journey.kiosk().handle_waiting();
      if (auto line = lines.try_take()) return *std::move(line);
      std::this_thread::yield();
    }
    return "nothing";
  }
  std::string told(const std::string& words) {
    asks(words);
    std::string all;
    while (!all.ends_with("\nended with 0") && !all.ends_with("\nended with 1") && !all.ends_with("\nended with 2") &&
           !all.ends_with("nothing"))
      all += "\n" + next_word();
    return all.substr(1);
  }
  void open_desk() { desk = kiosk::open_control_desk(journey.kiosk(), journey.folder() / "control.sock"); }
  void SetUp() override { open_desk(); }

  journeys::Journey journey;
  std::unique_ptr<kiosk::ControlServer> desk;
  base::Mailbox<std::string> lines;
  std::unique_ptr<kiosk::ChildProcess> linlictl;
};

TEST_F(AnUpdateAgent, learns_that_a_release_which_reaches_the_platform_is_good) {
  EXPECT_TRUE(told("healthy --wait").ends_with("ended with 0"));
  EXPECT_EQ(told("healthy"), "ended with 0");
}

TEST_F(AnUpdateAgent, learns_that_somebody_is_here_and_when_they_have_gone) {
  EXPECT_EQ(told("idle"), "ended with 0");
  journey.lay("eighty_five");
  journey.expect(kiosk::Stage::services);
  EXPECT_EQ(told("idle"), "Somebody is at the terminal.\nended with 1");
  asks("idle --wait");
  EXPECT_EQ(next_word(), "Somebody is at the terminal.");
  journey.press("Leave");
  journey.expect(kiosk::Stage::take_card);
  journey.lift();
  journey.expect(kiosk::Stage::wiped);
  for (int second = 0; second < 60 && journey.state().stage != kiosk::Stage::welcome; ++second) journey.skip(1s);
  EXPECT_EQ(next_word(), "ended with 0");
}

TEST_F(AnUpdateAgent, is_told_plainly_that_no_kiosk_runs) {
  desk.reset();
  EXPECT_EQ(told("healthy"), "No kiosk is running here.\nended with 2");
  EXPECT_EQ(told("idle"), "No kiosk is running here.\nended with 2");
}

TEST_F(AnUpdateAgent, waits_for_a_kiosk_that_starts) {
  desk.reset();
  asks("idle --wait");
  EXPECT_EQ(next_word(), "No kiosk is running here.");
  open_desk();
  EXPECT_EQ(next_word(), "ended with 0");
}

class AnUpdateAgentCutOff : public AnUpdateAgent {
 protected:
  AnUpdateAgentCutOff() : AnUpdateAgent(true) {}
};

TEST_F(AnUpdateAgentCutOff, has_to_see_the_release_well_for_ten_minutes) {
  const auto missing = told("healthy");
  EXPECT_TRUE(missing.starts_with("The platform has not answered yet") && missing.ends_with("ended with 1")) << missing;
  asks("healthy --wait");
  EXPECT_TRUE(next_word().starts_with("The platform has not answered yet"));
  journey.skip(10min);
  EXPECT_EQ(next_word(), "ended with 0");
}

TEST_F(AnUpdateAgentCutOff, learns_at_once_when_the_platform_answers) {
  asks("healthy --wait");
  EXPECT_TRUE(next_word().starts_with("The platform has not answered yet"));
  journey.hall().act(ui::SwitchNetwork{true});
  EXPECT_EQ(next_word(), "ended with 0");
}

}  // namespace
