// Millions of random events. Whatever happens: nothing personal outlives a visit, no receipt and no paper without a saved
// application, one id for one application, and always a way out.
//
// LINLI_WALK_SEED and LINLI_WALK_EVENTS change the walk, for a soak or to repeat a failure.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <set>
#include <unordered_map>

#include "test_places.h"
#include "tests/kiosk/random_hall.h"
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

bool holds(std::string_view bytes, std::string_view value) {
  return memmem(bytes.data(), bytes.size(), value.data(), value.size()) != nullptr;
}

bool needs_session(Stage stage) { return stage != Stage::welcome && stage != Stage::take_card && stage != Stage::wiped; }
bool counts_down(Overlay overlay) { return overlay == Overlay::still_there || overlay == Overlay::card_away; }

class Walk {
 public:
  Walk(const std::vector<ServiceDefinition>& services, std::uint64_t seed)
      : random_(seed), visit_(hall_, services, translations_, ids_), events_(visit_, clock_, ids_, seed) {
    events_.carry_out(visit_.start());
    happens(offline_cache::CourierEvent{offline_cache::IntakeChanged{true, {}}});
  }

  void run(std::uint64_t events) {
    for (std::uint64_t i = 0; i < events && !::testing::Test::HasFailure(); ++i) {
      events_.let_time_pass();
      happens(events_.draw());
      if (events_.one_in(400)) leave();
    }
  }

  void expect_everything_was_reached() const {
    const auto& offered = visit_.services();
    const bool windows = std::any_of(offered.begin(), offered.end(), [](const auto& each) { return each.ticket.has_value(); });
    for (int stage = 0; stage <= static_cast<int>(Stage::wiped); ++stage) {
      const bool of_windows = static_cast<Stage>(stage) == Stage::windows || static_cast<Stage>(stage) == Stage::ticket;
      EXPECT_TRUE(left_from_.contains(static_cast<Stage>(stage)) || (of_windows && !windows))
          << "never left from stage " << stage;
    }
    EXPECT_GT(submissions_.size(), 1000U);
    EXPECT_GT(prints_, 1000U);
    EXPECT_GT(ends_, 1000U);
  }

 private:
  void happens(Event event) {
    const bool had_session = visit_.state().session.has_value();
    const bool submits = std::holds_alternative<SubmitApplication>(event);
    const auto question = visit_.state().session ? visit_.state().session->question : 0;
    const auto stage = visit_.state().stage;
    const auto commands = visit_.handle(std::move(event), moment_of(clock_));
    events_.carry_out(commands);
    expect_true_state();
    expect_true_commands(commands, submits);
    if (had_session && !visit_.state().session) expect_nothing_is_left(commands);
    if (visit_.state().session && (visit_.state().stage != stage || visit_.state().session->question != question))
      expect_a_step();
  }

  void expect_true_state() {
    const auto& state = visit_.state();
    ASSERT_EQ(state.session.has_value(), needs_session(state.stage));
    ASSERT_TRUE(visit_.deadline() || (!state.session && !counts_down(state.overlay) && state.stage != Stage::wiped));
    ASSERT_TRUE(!visit_.deadline() || *visit_.deadline() <= clock_.now() + kLongestSpeech);
    ASSERT_EQ(state.seconds_left > 0, counts_down(state.overlay));
    ASSERT_LE(state.seconds_left, 45);
    ASSERT_TRUE(state.stage != Stage::take_card || state.card_on_plate);
    if (!state.session) return;
    const auto& session = *state.session;
    ASSERT_TRUE(state.stage != Stage::receipt || session.saved);
    ASSERT_TRUE(!session.saved || (session.saved->id == session.application && events_.was_saved(*session.application)));
    ASSERT_TRUE(session.print == PrintProgress::none || state.stage == Stage::receipt || state.stage == Stage::ticket);
    ASSERT_TRUE(session.print == PrintProgress::none || state.stage != Stage::ticket || session.ticket->given);
    ASSERT_TRUE(!session.received_number || events_.was_received(*session.application));
  }

  void expect_a_step() {
    const auto step = visit_.step();
    const bool in_form = visit_.state().stage == Stage::question || visit_.state().stage == Stage::check;
    ASSERT_TRUE(in_form ? step.number >= 1 && step.number <= step.of : step.of == 0);
    ASSERT_TRUE(visit_.state().stage != Stage::check || visit_.state().session->application);
  }

  void expect_true_commands(const Commands& commands, bool submits) {
    for (const auto& command : commands) {
      if (const auto* want = std::get_if<WantCard>(&command)) {
        ASSERT_NE(want->wanted, wanted_);
        wanted_ = want->wanted;
      } else if (const auto* submit = std::get_if<SubmitToQueue>(&command)) {
        ASSERT_TRUE(submits);
        ASSERT_EQ(submit->submission.id, visit_.state().session->application);
        auto bytes = std::hash<std::string_view>{}(submit->submission.application.reveal());
        for (const auto& attachment : submit->submission.attachments)
          bytes = bytes * 31 + std::hash<std::string_view>{}(attachment.bytes.reveal());
        const auto [known, is_new] = submissions_.emplace(submit->submission.id.text(), bytes);
        ASSERT_EQ(known->second, bytes) << "the bytes of an id never change";
      } else if (std::holds_alternative<Print>(command)) {
        const auto& state = visit_.state();
        if (state.stage == Stage::ticket) {
          ASSERT_TRUE(state.session->ticket->given);
        } else {
          ASSERT_EQ(state.stage, Stage::receipt);
          ASSERT_TRUE(events_.was_saved(*state.session->application));
        }
        ++prints_;
      }
    }
  }

  void expect_nothing_is_left(const Commands& commands) {
    ++ends_;
    const std::string_view bytes(reinterpret_cast<const char*>(&visit_), sizeof visit_);  // NOLINT: that is the point
    for (const auto& value : personal_values()) ASSERT_FALSE(holds(bytes, value)) << value;
    bool forgets = false;
    for (const auto& command : commands) {
      forgets = forgets || std::holds_alternative<ForgetEverything>(command);
      ASSERT_FALSE(std::holds_alternative<Print>(command) || std::holds_alternative<SubmitToQueue>(command));
    }
    ASSERT_TRUE(forgets);
  }

  // From wherever the visit is: by presses, or by walking away. Somebody always takes the card in the end.
  void leave() {
    left_from_.insert(visit_.state().stage);
    const auto began = clock_.now();
    const bool walks_away = events_.one_in(2);
    constexpr int kMostSteps = 120;  // two countdowns and what stands around them
    for (int i = 0; i < kMostSteps && !at_rest(); ++i) {
      if (visit_.state().stage == Stage::take_card)
        happens(hal::CardReaderEvent{hal::CardLifted{}});
      else if (walks_away || machine_works())
        meet_deadline();
      else
        happens(press_towards_the_exit());
    }
    ASSERT_TRUE(at_rest()) << "no way out of stage " << static_cast<int>(visit_.state().stage);
    ASSERT_LE(clock_.now() - began, 10min);
  }

  // Nobody can leave then: what is under way would be lost. It ends by itself.
  bool machine_works() const {
    const auto& state = visit_.state();
    return state.stage == Stage::saving || (state.stage == Stage::ticket && !state.session->ticket->given);
  }

  bool at_rest() const { return visit_.state().stage == Stage::welcome && visit_.state().overlay == Overlay::none; }

  Event press_towards_the_exit() const {
    switch (visit_.state().overlay) {
      case Overlay::still_there:
      case Overlay::card_away:
        return StillHere{};
      case Overlay::help:
      case Overlay::voice:
      case Overlay::keys:
        return CloseHelp{};
      case Overlay::staff_pin:
      case Overlay::staff:
        return CloseStaff{};
      case Overlay::none:
        break;
    }
    if (visit_.state().stage == Stage::receipt) return Done{};
    return StartOver{};
  }

  void meet_deadline() {
    const auto due = visit_.deadline();
    ASSERT_TRUE(due.has_value());
    if (*due > clock_.now()) clock_.advance(*due - clock_.now());
    happens(TimePassed{});
    ASSERT_NE(visit_.deadline(), due);
  }

  test_support::FakeClock clock_;
  base::SeededRandom random_;
  base::UuidSource ids_{clock_, random_};
  Hall hall_{"和平社区便民服务大厅", "Heping Community Hall", "HP-03", "12345", "zh"};
  Translations translations_{LINLI_SOURCE_DIR "/tests/kiosk"};
  Visit visit_;
  RandomHall events_;
  bool wanted_ = true;
  std::unordered_map<std::string, std::size_t> submissions_;
  std::set<Stage> left_from_;
  std::size_t prints_ = 0;
  std::size_t ends_ = 0;
};

void walk(const std::vector<ServiceDefinition>& services, std::uint64_t seed, std::uint64_t events) {
  seed = from_environment("LINLI_WALK_SEED", seed);
  events = from_environment("LINLI_WALK_EVENTS", events);
  std::cout << "walk of " << events << " events, seed " << seed << "\n";
  ::testing::Test::RecordProperty("seed", std::to_string(seed));
  Walk walk(services, seed);
  walk.run(events);
  walk.expect_everything_was_reached();
}

TEST(ARandomWalk, never_breaks_a_promise) { walk(two_services(), 20261123, 1'600'000); }

TEST(ARandomWalk, never_breaks_a_promise_with_the_shipped_services) {
  const auto shipped = load_services(std::filesystem::path(LINLI_SOURCE_DIR) / "assets/services");
  walk(shipped.services, 88, 600'000);
}

}  // namespace
}  // namespace visit_test
