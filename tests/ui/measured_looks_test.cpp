// Numbers of docs/accessibility.md that are measured on drawn screens: how much things grow, the focus ring, what a press shows,
// and that nothing moves.
#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "kiosk/receipt.h"
#include "tests/ui/support.h"
#include "ui/kit/controls.h"
#include "ui/kit/measures.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr double kUprightMm = 268.0;
constexpr double kOfText = 0.9;     // A05: of the growth of the text
constexpr double kStandsOut = 3.0;  // WCAG 1.4.11, 2.4.13
constexpr double kSqueezed = 1.2;
constexpr double kRunningGrowth = 1.9;  // the largest text is 24 mm, the usual 12 mm
constexpr auto kFirstReaction = 100ms;  // VVSG 7.2-N

struct Drawn {
  std::map<std::string, double> ems;  // pixels, by text; of one that stands twice, the larger
  std::map<std::string, Box> controls;
  std::map<std::string, std::string> labels;
};

Drawn drawn_at(KioskScreen& screen, Scene& scene, kiosk::TextStep step) {
  scene.state.text_step = step;
  const VisitView view = scene.view(hall(), services());
  begin_scene(screen, scene, view);
  Drawn found;
  screen.watch_texts([&found](const Kit::DrawnText& drawn) {
    double& em = found.ems[std::string(drawn.text)];
    em = std::max(em, drawn.style.em_px);
  });
  screen.handle({}, view, gallery_moment());
  screen.watch_texts({});
  for (const SemanticNode& node : screen.tree().nodes()) {
    if (!node.interactive()) continue;
    found.controls[node.id] = node.box;
    found.labels[node.id] = node.label;
  }
  return found;
}

constexpr kiosk::TextStep kSizes[] = {kiosk::TextStep::small, kiosk::TextStep::normal, kiosk::TextStep::large,
                                      kiosk::TextStep::largest};

// From each size to the next: what stands around every page with the words on it, pictograms with the words beside them.
TEST(TextSizes, take_controls_and_pictograms_along_from_each_to_the_next) {
  KioskScreen screen(typesetter(), translations(), kUprightMm);
  std::vector<Scene> scenes = all_scenes(services());
  Scene& scene = *std::ranges::find(scenes, "question-payout-answered", &Scene::name);
  for (std::size_t i = 1; i < std::size(kSizes); ++i) {
    const Measures& less = measures_of(kSizes[i - 1]);
    const Measures& more = measures_of(kSizes[i]);
    const Drawn before = drawn_at(screen, scene, kSizes[i - 1]);
    const Drawn after = drawn_at(screen, scene, kSizes[i]);
    const auto growth = [&](const char* id) {
      return (after.controls.at(id).h + 1.0) / before.controls.at(id).h;  // whole pixels decide
    };
    for (const char* id : {"language", "text-size", "theme", "reset-settings", "listen", "start-over"})
      EXPECT_GE(growth(id), kOfText * more.chrome / less.chrome) << id;
    for (const char* id : {"back", "help", "next"}) EXPECT_GE(growth(id), kOfText * more.action / less.action) << id;
    EXPECT_GE(more.radio / less.radio, kOfText * more.strong / less.strong);
    EXPECT_GE(more.tile / less.tile, kOfText * more.strong / less.strong);
  }
}

Kit& kit_at(kiosk::TextStep step) {
  static Kit kit(typesetter());
  FrameSetting setting;
  setting.width = 1080;
  setting.height = 1920;
  setting.width_mm = kUprightMm;
  setting.step = step;
  kit.begin(setting);
  return kit;
}

// What a choice, a tile and a button of one line are high at least; where a page has room to spare they are higher.
TEST(TextSizes, take_choices_tiles_and_buttons_along_from_each_to_the_next) {
  const int width = static_cast<int>(240.0 * 1080 / kUprightMm);
  const auto heights = [width](kiosk::TextStep step) {
    Kit& kit = kit_at(step);
    Button plain;
    plain.label = "选这个";
    const std::vector<int> all{choice_height(kit, {"a", "社会保障卡", {}}, width),
                               choice_height(kit, {"b", "社会保障卡", "本人的卡"}, width),
                               tile_height(kit, {"c", "高龄津贴", "八十岁起", "cash-multiple"}, width),
                               button_height(kit, plain, width), kit.px(kit.measures().more)};
    kit.end();
    return all;
  };
  for (std::size_t i = 1; i < std::size(kSizes); ++i) {
    const auto before = heights(kSizes[i - 1]);
    const auto after = heights(kSizes[i]);
    for (std::size_t each = 0; each < after.size(); ++each) {
      const bool more = each + 1 == after.size();
      const Measures& less = measures_of(kSizes[i - 1]);
      const Measures& now = measures_of(kSizes[i]);
      const double words = more ? now.action / less.action : now.strong / less.strong;
      EXPECT_GE((after[each] + 1.0) / before[each], kOfText * words) << i << " " << each;
    }
  }
}

// However full a page is: it is cut before a choice or a tile gets lower.
TEST(TextSizes, leave_choices_and_tiles_their_height_on_every_page) {
  KioskScreen screen(typesetter(), translations(), kUprightMm);
  long seen = 0;
  for (const kiosk::TextStep step : kSizes)
    for (Scene& scene : all_scenes(services())) {
      drawn_at(screen, scene, step);
      Kit& kit = kit_at(step);
      for (const SemanticNode& node : screen.tree().nodes()) {
        const bool tile = node.id.starts_with("service/") || node.id.starts_with("category/");
        if (node.role != Role::choice && !tile) continue;
        const int least = tile ? tile_height(kit, {node.id, node.label, node.hint, {}}, node.box.w)
                               : choice_height(kit, {node.id, node.label, node.hint}, node.box.w);
        EXPECT_GE(node.box.h, least) << scene.name << " " << node.id;
        ++seen;
      }
      kit.end();
    }
  EXPECT_GT(seen, 200);
}

// But for what has to stand whole on one page: the sentence beside a pad of keys, and a long notice.
TEST(TextSizes, draw_running_text_twice_as_large_at_the_largest) {
  KioskScreen screen(typesetter(), translations(), kUprightMm);
  const double body = std::round(measures_of(kiosk::TextStep::normal).body * 1080 / kUprightMm);
  long compared = 0;
  long whole = 0;
  for (Scene& scene : all_scenes(services())) {
    if (scene.name.starts_with("staff")) continue;
    const Drawn usual = drawn_at(screen, scene, kiosk::TextStep::normal);
    const Drawn largest = drawn_at(screen, scene, kiosk::TextStep::largest);
    for (const auto& [text, em] : usual.ems) {
      const auto now = largest.ems.find(text);
      if (std::abs(em - body) > 0.5 || now == largest.ems.end()) continue;
      EXPECT_GE(now->second, kSqueezed * em) << scene.name << " " << text;
      ++compared;
      whole += now->second >= kRunningGrowth * em ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 100);
  EXPECT_GE(whole, compared * 95 / 100);
}

// How many pixels in a row, on the way from a to b, changed by 3:1.
int widest_change(const Surface& before, const Surface& after, int x, int y, int dx, int dy, int length) {
  int widest = 0;
  int run = 0;
  for (int i = 0; i < length; ++i, x += dx, y += dy) {
    if (!before.box().contains(x, y)) break;
    run = contrast(opaque(before.row(y)[x]), opaque(after.row(y)[x])) >= kStandsOut ? run + 1 : 0;
    widest = std::max(widest, run);
  }
  return widest;
}

class InEveryTheme : public testing::TestWithParam<kiosk::Theme> {};

TEST_P(InEveryTheme, the_focus_ring_is_a_millimetre_wide_all_round_and_stands_out_three_to_one) {
  for (Scene& scene : all_scenes(services())) {
    if (scene.name != "welcome" && scene.name != "question-payout-answered" && scene.name != "check" && scene.name != "help")
      continue;
    scene.state.theme = GetParam();
    const VisitView view = scene.view(hall(), services());
    KioskScreen screen(typesetter(), translations(), kUprightMm);
    Surface plain(1080, 1920);
    screen.draw(plain, view, gallery_moment());
    kiosk::Moment now = gallery_moment();
    const int least = screen.kit().px(1.0);
    const int reach = screen.kit().px(4.0);
    std::size_t places = 0;
    for (const SemanticNode& node : screen.tree().nodes()) places += node.interactive() && !node.disabled ? 1U : 0U;
    for (std::size_t i = 0; i < places; ++i) {
      now.instant += 1s;
      screen.take(Key::move, view, now);
      Surface focused(1080, 1920);
      screen.repaint();
      screen.draw(focused, view, now);
      const Box box = screen.tree().by_id(screen.focus())->box;
      for (int x = box.x; x < box.right(); x += 9) {
        EXPECT_GE(widest_change(plain, focused, x, box.y - 1, 0, -1, reach), least) << scene.name << " " << screen.focus();
        EXPECT_GE(widest_change(plain, focused, x, box.bottom(), 0, 1, reach), least) << scene.name << " " << screen.focus();
      }
      for (int y = box.y; y < box.bottom(); y += 9) {
        EXPECT_GE(widest_change(plain, focused, box.x - 1, y, -1, 0, reach), least) << scene.name << " " << screen.focus();
        EXPECT_GE(widest_change(plain, focused, box.right(), y, 1, 0, reach), least) << scene.name << " " << screen.focus();
      }
    }
  }
}

// As much of it as a band of half a millimetre along its edge.
TEST_P(InEveryTheme, a_pressed_button_stands_out_three_to_one) {
  for (Scene& scene : all_scenes(services())) {
    if (scene.name != "welcome" && scene.name != "question-payout-answered" && scene.name != "question-phone") continue;
    scene.state.theme = GetParam();
    const VisitView view = scene.view(hall(), services());
    KioskScreen screen(typesetter(), translations(), kUprightMm);
    Surface resting(1080, 1920);
    kiosk::Moment now = gallery_moment();
    screen.draw(resting, view, now);
    std::vector<std::pair<std::string, Box>> controls;
    for (const SemanticNode& node : screen.tree().nodes())
      if (node.interactive() && !node.disabled) controls.emplace_back(node.id, node.box);
    for (const auto& [id, box] : controls) {
      now.instant += 2s;
      screen.handle({box.x + box.w / 2, box.y + box.h / 2, true}, view, now);
      Surface held(1080, 1920);
      screen.repaint();
      screen.draw(held, view, now);
      long changed = 0;
      for (int y = box.y; y < box.bottom(); ++y)
        for (int x = box.x; x < box.right(); ++x)
          changed += contrast(opaque(resting.row(y)[x]), opaque(held.row(y)[x])) >= kStandsOut ? 1 : 0;
      EXPECT_GE(changed, static_cast<long>(box.w) * screen.kit().px(1.0) / 2) << scene.name << " " << id;
      screen.handle(kLifted, view, now);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Themes, InEveryTheme,
                         testing::Values(kiosk::Theme::standard, kiosk::Theme::black_on_white, kiosk::Theme::white_on_black,
                                         kiosk::Theme::low_glare),
                         [](const auto& of) { return "number_" + std::to_string(of.index + 1); });

// A camera's picture and the seconds of a question are not drawn by time alone: the visit says when they change.
TEST(NothingMoves, on_any_page_for_ten_seconds) {
  KioskScreen screen(typesetter(), translations(), kUprightMm);
  Surface surface(1080, 1920);
  for (const Scene& scene : all_scenes(services())) {
    const VisitView view = scene.view(hall(), services());
    begin_scene(screen, scene, view);
    kiosk::Moment now = gallery_moment();
    screen.draw(surface, view, now);
    for (int tenths = 0; tenths < 100; tenths += 5) {
      now.instant += 500ms;
      now.wall += 500ms;
      EXPECT_TRUE(screen.draw(surface, view, now).empty()) << scene.name;
    }
  }
}

// Of this thread alone, however busy the machine is.
std::chrono::nanoseconds thread_time() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

TEST(APress, shows_on_the_screen_within_a_tenth_of_a_second) {
  for (Scene& scene : all_scenes(services())) {
    if (scene.name != "welcome" && scene.name != "question-phone" && scene.name != "question-payout-answered") continue;
    const VisitView view = scene.view(hall(), services());
    KioskScreen screen(typesetter(), translations(), kUprightMm);
    Surface surface(1080, 1920);
    kiosk::Moment now = gallery_moment();
    screen.draw(surface, view, now);
    for (const char* id : {"browse", "digit/5", "next", "help", "text-size"}) {
      const SemanticNode* node = screen.tree().by_id(id);
      if (node == nullptr || node->disabled) continue;
      const Box box = node->box;
      now.instant += 2s;
      const auto began = thread_time();
      screen.handle({box.x + box.w / 2, box.y + box.h / 2, true}, view, now);
      const std::vector<Box> changed = screen.draw(surface, view, now);
      EXPECT_LE(thread_time() - began, kFirstReaction) << scene.name << " " << id;
      EXPECT_TRUE(std::ranges::any_of(changed, [&](const Box& each) { return overlap(each, box); })) << scene.name << " " << id;
      screen.handle(kLifted, view, now);
      screen.draw(surface, view, now);
    }
  }
}

TEST(WhatTakesLonger, says_so_while_it_goes_on) {
  const std::map<std::string, std::string> words{{"saving", "Saving your application"},
                                                 {"receipt-printing", "Your receipt is being printed"},
                                                 {"ticket-waiting", "One moment, your number is coming"},
                                                 {"ticket-printing", "Your number is being printed"},
                                                 {"status-asking", "The office is being asked. One moment, please."},
                                                 {"photo-starting", "The camera is starting"}};
  std::size_t found = 0;
  for (Scene& scene : all_scenes(services())) {
    if (!words.contains(scene.name)) continue;
    ++found;
    scene.state.language = "en";
    KioskScreen screen(typesetter(), translations(), kUprightMm);
    screen.handle({}, scene.view(hall(), services()), gallery_moment());
    const auto& nodes = screen.tree().nodes();
    EXPECT_TRUE(std::ranges::any_of(nodes, [&](const SemanticNode& node) {
      return (node.label + node.value + node.hint).find(words.at(scene.name)) != std::string::npos;
    })) << scene.name;
  }
  EXPECT_EQ(found, words.size());
}

// The code and how far the application is, in the same words and to be heard; it goes only when somebody presses.
TEST(TheReceiptPage, says_what_the_paper_says) {
  for (const char* name : {"receipt-printing", "receipt-received", "receipt-no-paper"})
    for (const char* language : {"zh", "zh-Hant", "en"})
      for (Scene& scene : all_scenes(services())) {
        if (scene.name != name) continue;
        scene.state.language = language;
        KioskScreen screen(typesetter(), translations(), kUprightMm);
        screen.handle({}, scene.view(hall(), services()), gallery_moment());
        const auto paper = kiosk::receipt_document(hall(), *scene.state.session, gallery_moment(), language, translations());
        const auto says = [&](const std::string& words) {
          return std::ranges::any_of(screen.tree().nodes(), [&](const SemanticNode& node) { return node.label == words; });
        };
        for (const auto& block : paper.blocks) {
          const auto* code = std::get_if<hal::PrintCode>(&block);
          const auto* field = std::get_if<hal::PrintField>(&block);
          const bool state = field != nullptr && field->label == translations().text("State", language);
          EXPECT_TRUE(code == nullptr || says(code->text)) << name << " " << code->text;
          EXPECT_TRUE(!state || says(field->value)) << name << " " << field->value;
        }
      }
}

}  // namespace
}  // namespace ui
