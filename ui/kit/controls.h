// What can be pressed. Each draws itself, adds its node, and returns true when it was activated: released inside the
// target that it went down in.
#pragma once

#include <string>
#include <string_view>

#include "ui/kit/kit.h"

namespace ui {

enum class ButtonKind : std::uint8_t {
  primary,    // the way on
  secondary,  // other ways
  help,       // a person is called
  quiet,      // tools: language, text size
};

struct Button {
  std::string id;
  std::string label;
  std::string icon;  // pictogram; empty = none
  bool icon_after = false;
  ButtonKind kind = ButtonKind::secondary;
  bool disabled = false;         // the label then says what is missing
  double em = 0;                 // mm; 0 = strong
  std::string value;             // for the tree: the state it shows
  Toggle toggle = Toggle::none;  // whether what it switches is on
  bool may_shorten = false;      // it stands where its height cannot follow its words
};
bool button(Kit& kit, const Box& box, const Button& spec);
int button_height(Kit& kit, const Button& spec, int width);
// The least height at which the label fits.
int label_height(Kit& kit, const Button& spec, int width);

// A service or a way in: pictogram on a coloured ground, a name, a few words.
struct Tile {
  std::string id;
  std::string title;
  std::string hint;
  std::string icon;
  Tone ground = theme::kJade;
  bool urgent = false;  // bordered in lantern
};
bool tile(Kit& kit, const Box& box, const Tile& spec);
int tile_height(Kit& kit, const Tile& spec, int width);
int least_tile_height(Kit& kit, const Tile& spec, int width);  // of its words at the smallest size

// One of several answers. The chosen one differs by shape (a filled disc with a tick, a thicker border), not only colour.
// Where several may be chosen, the mark is a square.
struct Choice {
  std::string id;
  std::string label;
  std::string hint;
  bool selected = false;
  Privacy privacy = Privacy::open;
  bool several = false;
};
bool choice(Kit& kit, const Box& box, const Choice& spec);
int choice_height(Kit& kit, const Choice& spec, int width);

// A large key of the digit pad; `label` is a digit or a word.
bool key(Kit& kit, const Box& box, std::string_view id, std::string_view label, std::string_view icon = {});

}  // namespace ui
