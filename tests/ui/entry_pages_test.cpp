// The pages for entering something, used as a resident uses them: a real visit behind the screen, presses and finger in front.
#include <gmock/gmock.h>

#include "kiosk/entry.h"
#include "tests/support/fake_clock.h"
#include "tests/ui/support.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

using namespace std::chrono_literals;

class AnEntryPage : public testing::Test {
 protected:
  AnEntryPage() {
    take(offline_cache::CourierEvent{offline_cache::IntakeChanged{true, {}}});
    take(hal::CodeScannerEvent{hal::DeviceHealth{hal::DeviceState::online, {}, "S1"}});
  }

  void take(kiosk::Event event) { visit_.handle(std::move(event), now_); }
  void take(std::vector<kiosk::Event> events) {
    for (auto& event : events) take(std::move(event));
  }
  void press(std::string_view id) {
    now_.instant += 1s;
    auto events = screen_.press(id, visit_, now_);
    ASSERT_TRUE(events) << id;
    take(*std::move(events));
    look();
  }
  void look() { screen_.handle({}, visit_, now_); }
  // A finger's way over the pad, in hundredths of it.
  void draws(int x0, int y0, int x1, int y1) {
    now_.instant += 1s;
    look();
    const SemanticNode* ink = node("ink");
    const Box pad = ink != nullptr ? ink->box : Box{};
    constexpr int kSteps = 20;
    for (int i = 0; i <= kSteps; ++i) {
      const int x = pad.x + (x0 + (x1 - x0) * i / kSteps) * pad.w / 100;
      const int y = pad.y + (y0 + (y1 - y0) * i / kSteps) * pad.h / 100;
      take(screen_.handle({x, y, true}, visit_, now_));
      if (i == kSteps) take(screen_.handle({x, y, false}, visit_, now_));
    }
    look();
  }
  const SemanticNode* node(std::string_view id) const {
    for (const SemanticNode& each : screen_.tree().nodes())
      if (each.id == id) return &each;
    return nullptr;
  }
  // A node's texts; a node that is not there has none.
  std::string value(std::string_view id) const { return known(id).value; }
  std::string label(std::string_view id) const { return known(id).label; }
  std::string hint(std::string_view id) const { return known(id).hint; }
  bool disabled(std::string_view id) const { return known(id).disabled; }
  SemanticNode known(std::string_view id) const {
    const SemanticNode* found = node(id);
    return found != nullptr ? *found : SemanticNode();
  }
  std::size_t strokes_signed() const {
    return kiosk::read_signature(visit_.state().session->typed.reveal()).value_or(std::vector<kiosk::Stroke>()).size();
  }
  std::string asked() const { return visit_.current_question() != nullptr ? visit_.current_question()->id : ""; }

  void comes_to_words() {
    press("browse");
    press("category/home");
    press("service/hall-report");
    press("choice/earlier/1");
    press("next");
    press("choice/matter/0");
    press("next");
    ASSERT_EQ(asked(), "words");
  }

  test_support::FakeClock clock_;
  base::SeededRandom random_{7};
  base::UuidSource ids_{clock_, random_};
  kiosk::Visit visit_{hall(), services(), translations(), ids_};
  kiosk::Moment now_ = gallery_moment();
  KioskScreen screen_{typesetter(), translations(), 268.0};
};

TEST_F(AnEntryPage, offers_a_phrase_before_any_writing) {
  comes_to_words();
  press("phrase/2");
  EXPECT_EQ(label("entry"), "路灯不亮，看不清");
  press("next");
  EXPECT_EQ(asked(), "caller");
}

// A50: at least two ways, one of them without spelling; and the staff.
TEST_F(AnEntryPage, has_ways_without_spelling_and_a_person) {
  comes_to_words();
  for (const char* id : {"phrase/0", "way/scan", "way/handwriting", "way/pinyin", "way/strokes", "staff"})
    EXPECT_TRUE(screen_.press(id, visit_, now_)) << id;
  press("staff");
  EXPECT_EQ(asked(), "caller");
}

TEST_F(AnEntryPage, reads_what_the_finger_writes) {
  comes_to_words();
  press("way/handwriting");
  draws(50, 20, 50, 80);  // 王, the vertical first
  draws(20, 20, 80, 20);
  draws(25, 48, 75, 48);
  draws(15, 80, 85, 80);
  std::vector<std::string> proposed;
  for (int i = 0; i < 8; ++i) proposed.push_back(label("proposal/" + std::to_string(i)));
  ASSERT_THAT(proposed, testing::Contains("王"));
  press("王");
  EXPECT_EQ(value("field/words"), "王");
  EXPECT_EQ(node("proposal/0"), nullptr) << "the pad is empty for the next character";
  press("key/erase");
  EXPECT_EQ(value("field/words"), "");
  press("back");
  EXPECT_EQ(asked(), "words");
}

TEST_F(AnEntryPage, spells_by_sound) {
  comes_to_words();
  press("way/pinyin");
  for (const char* letter : {"key/d", "key/e", "key/n", "key/g"}) press(letter);
  EXPECT_EQ(hint("field/words"), "deng");
  press("灯");
  EXPECT_EQ(value("field/words"), "灯");
  press("key/h");
  press("key/proposals");
  EXPECT_NE(node("proposal/7"), nullptr);
  EXPECT_EQ(node("proposal/0"), nullptr);
  press("key/clear");
  EXPECT_EQ(node("proposal/7"), nullptr);
}

TEST_F(AnEntryPage, types_strokes) {
  comes_to_words();
  press("way/strokes");
  for (const char* key : {"key/h", "key/s", "key/p", "key/n"}) press(key);
  press("木");
  EXPECT_EQ(value("field/words"), "木");
}

TEST_F(AnEntryPage, forgets_what_is_half_written_with_the_visit) {
  comes_to_words();
  press("way/pinyin");
  press("key/d");
  screen_.forget();
  take(kiosk::StartOver{});
  look();
  EXPECT_EQ(node("proposal/0"), nullptr);
}

TEST_F(AnEntryPage, takes_a_date_in_three_steps_and_lets_one_step_back) {
  take(kiosk::ChooseService{"address-change"});
  hal::Person person;
  person.name = base::Secret("王秀兰");
  person.id_number = base::Secret("00000019410308002X");
  person.birth = base::Secret("19410308");
  take(hal::CardReaderEvent{hal::CardLaid{}});
  take(hal::CardReaderEvent{hal::CardRead{std::move(person)}});
  look();
  press("staff");  // the new address
  ASSERT_EQ(asked(), "since");
  for (const char* key : {"digit/1", "digit/9", "digit/8", "digit/5"}) press(key);
  press("digit/number-12");
  press("digit/number-31");
  EXPECT_EQ(value("field/since"), "1985 12 31");
  press("digit/number-3");
  EXPECT_EQ(value("field/since"), "1985 12 03") << "another day";
  press("digit/erase");
  press("digit/erase");
  press("digit/number-2");
  press("digit/number-31");
  ASSERT_NE(node("error"), nullptr);
  EXPECT_EQ(label("error"), "从哪天起") << "names the field";
  EXPECT_FALSE(hint("error").empty()) << "and says how to mend it";
  EXPECT_TRUE(disabled("next"));
  EXPECT_EQ(value("field/since"), "1985 02 31") << "the entry is kept";
  press("digit/number-28");
  EXPECT_FALSE(disabled("next"));
}

TEST_F(AnEntryPage, takes_a_signature_and_shows_it_again) {
  take(kiosk::ChooseService{"address-change"});
  take(hal::CardReaderEvent{hal::CardLaid{}});
  hal::Person person;
  person.id_number = base::Secret("00000019410308002X");
  take(hal::CardReaderEvent{hal::CardRead{std::move(person)}});
  look();
  press("staff");
  for (const char* key : {"digit/1", "digit/9", "digit/8", "digit/5"}) press(key);
  press("digit/number-12");
  press("digit/number-31");
  press("next");
  press("choice/home/0");
  press("next");
  press("next");  // skips the telephone
  ASSERT_EQ(asked(), "signature");
  EXPECT_TRUE(disabled("next"));
  draws(20, 20, 60, 80);
  draws(30, 70, 80, 30);
  EXPECT_FALSE(disabled("next"));
  EXPECT_EQ(strokes_signed(), 2U);
  press("key/undo");
  EXPECT_EQ(strokes_signed(), 1U);
  press("key/clear");
  EXPECT_TRUE(disabled("next"));
  draws(20, 20, 60, 80);
  press("next");
  EXPECT_EQ(visit_.state().stage, kiosk::Stage::check);
}

}  // namespace
}  // namespace ui
