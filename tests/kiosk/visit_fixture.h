// A hall with a resident in front of the machine, told in presses, cards and time.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "kiosk/visit.h"
#include "test_places.h"
#include "tests/kiosk/visit_services.h"
#include "tests/support/fake_clock.h"

namespace visit_test {

using namespace kiosk;  // NOLINT: tests speak the kiosk's words
using namespace std::chrono_literals;

struct TestPerson {
  std::string name, number, birth, address;
};
extern const TestPerson kWang;   // 85 years old
extern const TestPerson kLi;     // 45
extern const TestPerson kZhang;  // 90

hal::Person person(const TestPerson& known);
Moment moment_of(const test_support::FakeClock& clock);  // the hall is at UTC+8

// The test people and what they type; nothing of it may be left when a visit is over.
const std::vector<std::string>& personal_values();

class AVisit : public ::testing::Test {
 public:
  AVisit();

  void happens(Event event);
  // Time goes by; every deadline on the way is met.
  void passes(std::chrono::nanoseconds span);

  void lays_card(const TestPerson& known);
  void lifts_card() { happens(hal::CardReaderEvent{hal::CardLifted{}}); }
  void chooses(std::size_t option);  // and presses Next
  void types(std::string_view digits);
  void printer_is(hal::DeviceState state, std::optional<base::Failure> failure = std::nullopt);
  void link_is(offline_cache::Link link);
  void intake_is(bool open, std::optional<base::Failure> failure = std::nullopt);
  void is_saved(const base::Uuid& id, const std::string& code = "7K4-29M-6");
  void is_received(const base::Uuid& id, const std::string& number = "2026-000017");
  void printing_ends(hal::PrintOutcome outcome, std::optional<base::Failure> failure = std::nullopt);
  void printing_ends(hal::PrintJobId job, hal::PrintOutcome outcome, std::optional<base::Failure> failure = std::nullopt);

  void comes_to_first_question();  // Wang, of the allowance
  void comes_to_check();
  void comes_to_saving();
  void comes_to_receipt();
  void comes_to_repair_check();  // without a card

  Stage stage() const { return visit.state().stage; }
  Overlay overlay() const { return visit.state().overlay; }
  const Session& session() const { return *visit.state().session; }
  std::string question() const { return visit.current_question() == nullptr ? "" : visit.current_question()->id; }
  base::Uuid application() const { return *session().application; }

  template <class C>
  std::vector<const C*> commands() const {  // of the whole test, in order
    std::vector<const C*> found;
    for (const auto& command : done)
      if (const auto* of_kind = std::get_if<C>(&command)) found.push_back(of_kind);
    return found;
  }
  bool card_wanted() const {
    bool wanted = false;
    for (const auto* command : commands<WantCard>()) wanted = command->wanted;
    return wanted;
  }

  test_support::FakeClock clock;
  base::SeededRandom random{7};
  base::UuidSource ids{clock, random};
  Hall hall{"和平社区便民服务大厅", "Heping Community Hall", "HP-03", "12345", "zh"};
  Translations translations{LINLI_SOURCE_DIR "/tests/kiosk"};  // a folder without any: English alone
  Visit visit{hall, two_services(), translations, ids};
  Commands done;
};

}  // namespace visit_test
