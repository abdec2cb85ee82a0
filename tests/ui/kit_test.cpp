#include "ui/kit/kit.h"

#include <gmock/gmock.h>

#include "tests/ui/support.h"
#include "ui/kit/controls.h"
#include "ui/kit/pictogram.h"

namespace ui {
namespace {

// One button on a page, pressed by hand.
class AButton : public testing::Test {
 protected:
  bool frame(const PointerTransition& pointer) {
    FrameSetting setting{400, 400, 100.0, "en", kiosk::TextStep::normal, kiosk::Theme::standard, pointer};
    setting.activate = activate_;
    setting.focus = focus_;
    kit_.begin(setting);
    kit_.fill(kit_.canvas(), theme::kPaper);
    Button spec;
    spec.id = "one";
    spec.label = "One";
    const bool activated = button(kit_, {100, 100, 120, 100}, spec);
    spec.id = "two";
    spec.label = "Two";
    spec.disabled = disabled_;
    other_ = button(kit_, {240, 100, 120, 100}, spec);
    quads_ = kit_.end();
    return activated;
  }

  Kit kit_{typesetter()};
  std::vector<Quad> quads_;
  bool other_ = false;
  bool disabled_ = false;
  std::string activate_, focus_;
};

TEST_F(AButton, acts_on_release_not_on_touch) {
  frame({});
  EXPECT_FALSE(frame({150, 150, true}));
  EXPECT_FALSE(frame({150, 150, true}));
  EXPECT_TRUE(frame({150, 150, false}));
  EXPECT_FALSE(frame({150, 150, false}));
}

TEST_F(AButton, does_nothing_when_the_finger_slides_off) {
  frame({});
  frame({150, 150, true});
  frame({150, 300, true});
  EXPECT_FALSE(frame({150, 300, false}));
}

TEST_F(AButton, does_nothing_when_the_finger_ends_on_its_neighbour) {
  frame({});
  frame({150, 150, true});
  EXPECT_FALSE(frame({300, 150, false}));
  EXPECT_FALSE(other_);
}

TEST_F(AButton, does_nothing_when_the_finger_came_from_elsewhere) {
  frame({});
  frame({20, 20, true});
  EXPECT_FALSE(frame({150, 150, false}));
}

TEST_F(AButton, does_nothing_while_disabled) {
  disabled_ = true;
  frame({});
  frame({300, 150, true});
  frame({300, 150, false});
  EXPECT_FALSE(other_);
}

TEST_F(AButton, is_activated_by_a_key_without_a_pointer) {
  activate_ = "one";
  EXPECT_TRUE(frame({}));
  EXPECT_FALSE(other_);
  activate_ = "two";
  EXPECT_FALSE(frame({}));
  EXPECT_TRUE(other_);
  disabled_ = true;
  frame({});
  EXPECT_FALSE(other_) << "a disabled button takes no key either";
}

TEST_F(AButton, has_a_ring_around_it_while_focused) {
  frame({});
  const std::size_t plain = quads_.size();
  focus_ = "one";
  frame({});
  EXPECT_GT(quads_.size(), plain);
  EXPECT_TRUE(kit_.tree().find("One")->focused);
  EXPECT_FALSE(kit_.tree().find("Two")->focused);
}

TEST_F(AButton, looks_different_while_held_and_says_so) {
  frame({});
  frame({});
  const std::vector<Quad> resting = quads_;
  frame({150, 150, true});
  EXPECT_NE(quads_, resting);
  EXPECT_TRUE(kit_.tree().find("One")->pressed);
  frame({150, 300, true});
  EXPECT_FALSE(kit_.tree().find("One")->pressed);
}

TEST_F(AButton, gives_the_same_picture_for_the_same_frame) {
  frame({});
  const std::vector<Quad> first = quads_;
  frame({});
  EXPECT_EQ(quads_, first);
}

TEST(Millimetres, are_rounded_up_so_that_a_floor_stays_one) {
  Kit kit(typesetter());
  kit.begin({1080, 1920, 268.0, "zh", kiosk::TextStep::normal, kiosk::Theme::standard, {}});
  EXPECT_EQ(kit.px(20.0), 81);
  kit.end();
}

TEST(Pictograms, are_all_in_the_font) {
  typeset::TextStyle style;
  style.face = typeset::Face::pictogram;
  for (const Pictogram& each : all_pictograms())
    EXPECT_EQ(typesetter().missing_glyphs(pictogram(each.name), style), 0) << each.name;
}

TEST(Pictograms, fall_back_to_a_sheet_of_paper) { EXPECT_EQ(pictogram("no such thing"), pictogram("file-document")); }

TEST(ATextCache, stays_within_its_limit) {
  TextCache cache(typesetter());
  typeset::TextStyle style;
  style.em_px = 200;
  for (int i = 0; i < 200; ++i) {
    cache.draw("第 " + std::to_string(i) + " 个很长的句子", style);
    cache.trim();
    ASSERT_LE(cache.bytes(), kTextMemory);
  }
  EXPECT_GT(cache.images(), 10U);
}

TEST(ATextCache, draws_a_text_once) {
  TextCache cache(typesetter());
  const std::uint64_t serial = cache.draw("王秀兰", {}).serial();
  EXPECT_EQ(cache.draw("王秀兰", {}).serial(), serial);
}

TEST(ATextCache, keeps_nothing_after_forgetting) {
  TextCache cache(typesetter());
  cache.draw("王秀兰", {});
  cache.forget();
  EXPECT_EQ(cache.bytes(), 0U);
  EXPECT_EQ(cache.images(), 0U);
}

TEST(TheSemanticTree, hides_personal_values_unless_asked) {
  SemanticTree tree;
  SemanticNode node;
  node.role = Role::field;
  node.label = "Name";
  node.value = "王秀兰";
  node.privacy = Privacy::personal;
  tree.add(node);
  EXPECT_EQ(tree.to_json().dump().find("王秀兰"), std::string::npos);
  EXPECT_NE(tree.to_json(true).dump().find("王秀兰"), std::string::npos);
  EXPECT_NE(tree.to_json().dump().find("Name"), std::string::npos);
}

SemanticNode grouped(const char* id, const char* group, Zone zone) {
  SemanticNode node;
  node.id = id;
  node.group = group;
  node.zone = zone;
  return node;
}

TEST(TheSemanticTree, counts_the_nodes_of_a_group) {
  SemanticTree tree;
  for (const char* id : {"choice/a/0", "choice/a/1", "choice/a/2"}) tree.add(grouped(id, "choice/a", Zone::page));
  tree.add(grouped("other", "", Zone::page));
  EXPECT_EQ(tree.position_of(*tree.by_id("choice/a/1")).number, 2);
  EXPECT_EQ(tree.position_of(*tree.by_id("choice/a/1")).of, 3);
  EXPECT_EQ(tree.position_of(*tree.by_id("other")).of, 0);
}

TEST(TheSemanticTree, is_read_zone_by_zone) {
  SemanticTree tree;
  tree.add(grouped("hall", "", Zone::header));
  tree.add(grouped("back", "", Zone::actions));
  tree.add(grouped("title", "", Zone::page));
  std::string order;
  for (const SemanticNode* node : tree.reading_order()) order += node->id + " ";
  EXPECT_EQ(order, "title back hall ");
}

}  // namespace
}  // namespace ui
