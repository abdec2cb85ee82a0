// What is heard: the words, in which order, and where they go.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "kiosk/key_names.h"
#include "tests/ui/listener.h"

namespace ui {
namespace {

using testing::Not;

TEST_F(AListener, hears_the_title_first_then_the_page) {
  const Scene welcome = aloud("welcome");
  look(welcome);
  const auto words = mouth_.words();
  ASSERT_GT(words.size(), 4U);
  EXPECT_EQ(words[0], "You hear this in the headset only.");
  EXPECT_EQ(words[2], "Hello.");
  EXPECT_THAT(mouth_.text(), testing::HasSubstr("Lay your ID card down|"));
  EXPECT_THAT(mouth_.text(), Not(testing::HasSubstr("9:41"))) << "the header is heard only when somebody walks there";
  EXPECT_EQ(mouth_.where, Channel::headset);
}

TEST_F(AListener, hears_nothing_twice) {
  const Scene welcome = aloud("welcome");
  look(welcome);
  const int times = mouth_.times;
  look(welcome);
  EXPECT_EQ(mouth_.times, times);
}

TEST_F(AListener, hears_the_focused_answer_its_state_and_its_place) {
  const Scene question = aloud("question-living");
  look(question);
  mouth_.said.clear();  // the page itself counts its answers too
  for (int i = 0; i < 12 && mouth_.text().find("1 of ") == std::string::npos; ++i) press(Key::down, question);
  EXPECT_THAT(mouth_.text(), testing::HasSubstr("hosen|1 of "));
  EXPECT_TRUE(mouth_.led) << "a click says that the key arrived";
}

TEST_F(AListener, gets_private_words_in_the_headset_only_or_by_choice) {
  Scene check = aloud("check", false);
  look(check);
  EXPECT_THAT(mouth_.text(), Not(testing::HasSubstr("王")));
  EXPECT_THAT(mouth_.text(), testing::HasSubstr("Not read aloud."));
  voice_.forget();
  check.state.voice.private_aloud = true;
  look(check);
  EXPECT_THAT(mouth_.text(), testing::HasSubstr("王"));
}

// Whoever reads along instead of hearing gets the same words.
TEST_F(AListener, reads_every_sentence_as_a_caption_too) {
  int sentences = 0;
  for (std::size_t i = 0; i < all_scenes(services()).size(); ++i) {
    const Scene scene = with_voice(i, true);
    if (scene.state.resting) continue;  // nobody is there to read
    voice_.forget();
    look(scene);
    for (const Sentence& each : std::exchange(mouth_.said, {})) {
      screen_.set_caption(each.text);
      screen_.handle({}, scene.view(hall(), services()), now_);
      const SemanticNode* caption = screen_.tree().by_id("caption");
      ASSERT_NE(caption, nullptr) << scene.name;
      EXPECT_EQ(caption->label, each.text) << scene.name;
      EXPECT_THAT(screen_.kit().overflows(), testing::IsEmpty()) << each.text;
      ++sentences;
    }
    screen_.set_caption({});
  }
  EXPECT_GT(sentences, 300);
}

TEST_F(AListener, repeats_the_last_part_then_the_page) {
  const Scene welcome = aloud("welcome");
  look(welcome);
  press(Key::down, welcome);
  const auto part = mouth_.words();
  press(Key::repeat, welcome);
  EXPECT_EQ(mouth_.words(), part);
  press(Key::repeat, welcome);
  EXPECT_GT(mouth_.words().size(), part.size());
}

TEST_F(AListener, can_hold_the_voice) {
  const Scene welcome = aloud("welcome");
  look(welcome);
  press(Key::pause, welcome);
  EXPECT_TRUE(mouth_.held);
  press(Key::pause, welcome);
  EXPECT_FALSE(mouth_.held);
}

TEST_F(AListener, lets_the_voice_wait_go_on_and_repeat_by_touch) {
  const Scene welcome = aloud("welcome");
  look(welcome);
  const auto part = mouth_.words();
  const int stops = mouth_.stops;
  const auto label = [&] { return screen_.tree().by_id(kVoiceTool)->label; };
  screen_.set_caption("Hello.");
  look(welcome);
  EXPECT_EQ(label(), "Pause");
  touch(kVoiceTool, welcome);
  EXPECT_TRUE(mouth_.held);
  screen_.set_caption("Hello.", voice_.held());
  look(welcome);
  EXPECT_EQ(label(), "Go on");
  touch(kVoiceTool, welcome);
  EXPECT_FALSE(mouth_.held);
  EXPECT_EQ(mouth_.stops, stops) << "it is no touch that stops it";
  screen_.set_caption({});
  mouth_.said.clear();
  look(welcome);
  EXPECT_EQ(label(), "Again");
  EXPECT_TRUE(mouth_.said.empty()) << "the voice does not tell of itself";
  touch(kVoiceTool, welcome);
  EXPECT_EQ(mouth_.words(), part);
}

TEST_F(AListener, stops_the_voice_by_a_touch_anywhere_else) {
  const Scene welcome = aloud("welcome");
  look(welcome);
  screen_.set_caption("Hello.");
  look(welcome);
  const int stops = mouth_.stops;
  touch("text-size", welcome);
  EXPECT_GT(mouth_.stops, stops);
}

// Where nothing can be set there is nobody to hear a page through: a question over it, "all is cleared".
TEST_F(AListener, finds_the_voices_button_on_every_page_that_has_tools) {
  long pages = 0;
  for (std::size_t i = 0; i < all_scenes(services()).size(); ++i) {
    const Scene scene = with_voice(i, true);
    if (scene.state.voice.curtain) continue;
    screen_.forget();
    look(scene);
    const bool tools = screen_.tree().by_id("language") != nullptr;
    EXPECT_EQ(screen_.tree().by_id(kVoiceTool) != nullptr, tools) << scene.name;
    pages += tools ? 1 : 0;
  }
  EXPECT_GT(pages, 40);
}

TEST_F(AListener, who_pulls_the_headset_out_hears_nothing_more) {
  Scene welcome = aloud("welcome");
  look(welcome);
  const int times = mouth_.times;
  const int stops = mouth_.stops;
  welcome.state.headset = false;
  welcome.state.voice.on = false;
  look(welcome);
  EXPECT_GT(mouth_.stops, stops);
  EXPECT_EQ(mouth_.times, times);
}

TEST_F(AListener, learns_what_each_key_is_and_nothing_happens) {
  Scene keys = aloud("welcome");
  keys.state.overlay = kiosk::Overlay::keys;
  look(keys);
  press(Key::ok, keys);
  EXPECT_EQ(mouth_.words().front(), "OK: chooses.");
  EXPECT_TRUE(std::holds_alternative<kiosk::Touched>(events_.front()));
  press(Key::louder, keys);
  EXPECT_EQ(mouth_.words().front(), "Louder.");
  EXPECT_TRUE(std::holds_alternative<kiosk::Touched>(events_.front()));
  press(Key::help, keys);
  EXPECT_TRUE(std::holds_alternative<kiosk::CloseHelp>(events_.front()));
}

TEST_F(AListener, with_one_switch_leaves_the_page_of_keys_by_choosing_twice) {
  Scene keys = aloud("welcome");
  keys.state.overlay = kiosk::Overlay::keys;
  look(keys);
  press(Key::select, keys);
  EXPECT_TRUE(std::holds_alternative<kiosk::Touched>(events_.front()));
  now_.instant += std::chrono::seconds{2};
  screen_.scan_on(keys.view(hall(), services()), now_);  // between two presses the focus would move by itself
  press(Key::select, keys);
  EXPECT_TRUE(std::holds_alternative<kiosk::CloseHelp>(events_.front()));
}

TEST_F(AListener, with_one_switch_is_led_from_one_thing_to_the_next) {
  const Scene welcome = aloud("welcome", false);
  look(welcome);
  screen_.scan_on(welcome.view(hall(), services()), now_);
  const std::string first = screen_.focus();
  EXPECT_FALSE(first.empty());
  screen_.scan_on(welcome.view(hall(), services()), now_);
  EXPECT_NE(screen_.focus(), first);
}

TEST_F(AListener, hears_a_press_while_the_finger_is_still_down) {
  const Scene page = silent("welcome");
  look(page);
  voice_.contact(true);
  look(page);
  EXPECT_TRUE(mouth_.led);
  const int times = mouth_.times;
  voice_.contact(true);  // it moves
  voice_.contact(false);
  look(page);
  EXPECT_EQ(mouth_.times, times) << "once";
}

TEST_F(AListener, who_did_not_ask_for_the_voice_is_called_back) {
  Scene page = silent("services-identified");
  look(page);
  EXPECT_EQ(mouth_.times, 0);
  for (const auto overlay : {kiosk::Overlay::still_there, kiosk::Overlay::card_away}) {
    page.state.overlay = overlay;
    mouth_.led = false;
    look(page);
    EXPECT_TRUE(mouth_.led);
    EXPECT_TRUE(mouth_.said.empty()) << "a tone, no words";
    const int times = mouth_.times;
    look(page);
    EXPECT_EQ(mouth_.times, times) << "once";
  }
}

TEST_F(AListener, who_did_not_ask_for_the_voice_hears_the_farewell) {
  look(silent("services-identified"));
  look(silent("take-card-paper"));
  EXPECT_TRUE(mouth_.led);
  EXPECT_EQ(mouth_.text(), "Please take your ID card and your paper|Everything you entered has been cleared.|");
  const int times = mouth_.times;
  look(silent("take-card-paper"));
  EXPECT_EQ(mouth_.times, times);
  look(silent("wiped-paper"));
  EXPECT_EQ(mouth_.text(),
            "All is cleared.|Goodbye!|Nothing of yours is on this screen any more.|Please take your paper along.|");
  const int stops = mouth_.stops;
  look(silent("welcome"));
  EXPECT_GT(mouth_.stops, stops) << "the next one does not hear the rest of it";
}

// No personal word of any screen reaches the loudspeaker.
TEST_F(AListener, never_hears_anybodys_details_from_the_loudspeaker) {
  std::vector<Scene> all = all_scenes(services());
  for (Scene& each : all) {
    each.state.voice.on = true;
    each.state.headset = false;
    voice_.forget();
    screen_.forget();
    look(each);
    for (const Sentence& sentence : mouth_.said) EXPECT_EQ(sentence.privacy, Privacy::open) << each.name;
  }
}

TEST_F(AListener, can_walk_every_page_to_everything_and_back_to_the_start) {
  for (Scene& each : all_scenes(services())) {
    if (each.state.overlay == kiosk::Overlay::keys) continue;  // there they only say their names
    each.state.voice.on = false;
    screen_.forget();
    look(each);
    std::set<std::string> wanted;
    for (const SemanticNode& node : screen_.tree().nodes())
      if (node.interactive() && !node.disabled) wanted.insert(node.id);
    std::set<std::string> met;
    const std::size_t count = wanted.size();
    std::string first;
    for (std::size_t i = 0; i < count; ++i) {
      press(Key::move, each);
      if (i == 0) first = screen_.focus();
      met.insert(screen_.focus());
      for (const kiosk::Event& event : events_) EXPECT_TRUE(std::holds_alternative<kiosk::Touched>(event)) << "focus acts";
    }
    EXPECT_EQ(met, wanted) << each.name;
    press(Key::move, each);
    EXPECT_EQ(screen_.focus(), first) << each.name << ": the walk wraps";
  }
}

TEST_F(AListener, begins_with_one_press_on_every_page) {
  for (Scene& each : all_scenes(services())) {
    if (each.state.overlay != kiosk::Overlay::none || each.state.resting || each.state.voice.curtain) continue;
    each.state.language = "en";
    each.state.voice.on = false;
    screen_.forget();
    const VisitView view = each.view(hall(), services());
    const auto events = screen_.press("Listen", view, now_);
    if (!events && screen_.tree().by_id("language") == nullptr) continue;  // a page to be left alone: nothing can be set
    ASSERT_TRUE(events && !events->empty()) << each.name;
    const auto* wish = std::get_if<kiosk::SetVoice>(&events->back());
    ASSERT_NE(wish, nullptr) << each.name;
    EXPECT_TRUE(wish->settings.on);
  }
}

TEST_F(AListener, striking_a_key_twice_by_a_tremor_chooses_once) {
  const Scene welcome = aloud("welcome");
  look(welcome);
  const VisitView view = welcome.view(hall(), services());
  while (screen_.focus() != "browse") press(Key::down, welcome);
  now_.instant += std::chrono::seconds{1};
  EXPECT_TRUE(std::holds_alternative<kiosk::BrowseServices>(screen_.take(Key::ok, view, now_).front()));
  now_.instant += std::chrono::milliseconds{300};
  EXPECT_TRUE(std::holds_alternative<kiosk::Touched>(screen_.take(Key::ok, view, now_).front()));
}

TEST_F(AListener, behind_the_curtain_hears_and_is_not_seen) {
  Scene check = aloud("check");
  check.state.voice.curtain = true;
  Surface surface(1080, 1920);
  screen_.draw(surface, check.view(hall(), services()), now_);
  std::map<Pixel, int> colours;
  for (int y = 0; y < 1920; ++y)
    for (int x = 0; x < 1080; ++x) ++colours[surface.row(y)[x]];
  EXPECT_GT(colours[colour_of(kiosk::Theme::standard, theme::kHeader).rgb()], 1080 * 1920 * 8 / 10);
  look(check);
  EXPECT_THAT(mouth_.text(), testing::HasSubstr("王"));
}

TEST(Keys, that_are_held_or_chorded_do_nothing) {
  const KeyMap map;
  EXPECT_EQ(key_pressed(map, {0x28, false, false}), Key::ok);
  EXPECT_FALSE(key_pressed(map, {0x28, true, false}));
  EXPECT_FALSE(key_pressed(map, {0x3A, false, true})) << "Ctrl+Alt+F1";
  EXPECT_FALSE(key_pressed(map, {0x29, false, false})) << "Escape";
}

TEST(Keys, of_a_keypad_are_a_table) {
  KeyMap map;
  map.clear(Key::help);
  ASSERT_TRUE(map.set(Key::help, 0x48));
  EXPECT_EQ(map.key(0x48), Key::help);
  EXPECT_FALSE(map.key(0x3A));
  EXPECT_FALSE(map.set(Key::help, 0x1000).ok());
  for (const std::string_view name : kiosk::kKeyNames) EXPECT_EQ(key_name(*key_of_name(name)), name);
}

}  // namespace
}  // namespace ui
