// The colours of the default theme. Every pair of text and ground that a screen uses is at least 10:1 (facts:
// accessibility §0, VVSG 2.0 7.1-C), which made some tones darker than the drafts had them.
#pragma once

#include "ui/kit/colour.h"

namespace ui::theme {

inline constexpr Colour kPaper = opaque(0xFBF6EC);      // page
inline constexpr Colour kCard = opaque(0xFFFFFF);       // tiles, fields
inline constexpr Colour kBand = opaque(0xF1E9DA);       // behind the footer
inline constexpr Colour kInk = opaque(0x1A1C1E);        // text
inline constexpr Colour kInk2 = opaque(0x2E3235);       // secondary text
inline constexpr Colour kLine = opaque(0x3F3B32);       // borders of what can be pressed
inline constexpr Colour kHairline = opaque(0xD9D2C3);   // separators, lower edges of plain buttons
inline constexpr Colour kHeader = opaque(0x07433A);     // header, card panel
inline constexpr Colour kJade = opaque(0x074A3F);       // primary action, selected
inline constexpr Colour kJadeDark = opaque(0x063A32);   // text on light ground, lower edge of primary
inline constexpr Colour kJadeLight = opaque(0xDDEFE9);  // selected row, greeting
inline constexpr Colour kLantern = opaque(0x6A110C);    // help and danger only
inline constexpr Colour kGold = opaque(0xFFC83D);       // notice border, "saved here"
inline constexpr Colour kGoldLight = opaque(0xFFF1CC);  // notice
inline constexpr Colour kSky = opaque(0x083B73);        // grounds of pictograms
inline constexpr Colour kPlum = opaque(0x4F2C7A);
inline constexpr Colour kEarth = opaque(0x5C3800);
inline constexpr Colour kSlate = opaque(0x33373A);
inline constexpr Colour kDisabled = opaque(0xE2DACA);  // face of what cannot be pressed now
inline constexpr Colour kDisabledInk = opaque(0x1A1C1E);
inline constexpr Colour kDim = opaque(0x555653);  // behind an overlay
inline constexpr Colour kOnDark = opaque(0xFFFFFF);

}  // namespace ui::theme
