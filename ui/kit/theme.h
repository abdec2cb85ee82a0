// Roles of colour. Widgets name a role; which colour it is, the theme of the frame says, so that a theme can change between
// two frames. Each theme keeps every pair of text and ground that a screen uses within its contrast (facts: accessibility
// §0, VVSG 2.0 7.1-C/D; tests/ui/theme_test.cpp lists the pairs and measures the pixels).
#pragma once

#include <cstdint>

#include "kiosk/event.h"
#include "ui/kit/colour.h"

namespace ui::theme {

enum Tone : std::uint8_t {
  kPaper,      // page
  kCard,       // tiles, fields
  kBand,       // behind the footer
  kInk,        // text
  kInk2,       // secondary text
  kLine,       // borders of what can be pressed
  kHairline,   // separators, lower edges of plain buttons
  kHeader,     // header, card panel
  kOnHeader,   // words on it
  kJade,       // primary action, selected
  kJadeDark,   // text on light ground, lower edge of primary
  kJadeLight,  // selected row, greeting
  kLantern,    // help and danger only
  kGold,       // "saved here"
  kGoldLine,   // border of a notice
  kGoldLight,  // notice
  kSky,        // grounds of pictograms, down to slate
  kPlum,
  kEarth,
  kSlate,
  kOnDark,    // words and pictograms on jade, lantern, ink and the grounds
  kDisabled,  // face of what cannot be pressed now
  kDisabledInk,
  kDim,  // behind an overlay
};

}  // namespace ui::theme

namespace ui {

using theme::Tone;

Colour colour_of(kiosk::Theme theme, Tone tone);

}  // namespace ui
