#include "ui/kit/theme.h"

#include <array>

namespace ui {
namespace {

constexpr std::size_t kTones = theme::kDim + 1;
using Palette = std::array<std::uint32_t, kTones>;  // in the order of Tone

// At least 10:1, which made some tones darker than the drafts had them.
constexpr Palette kStandard{0xFBF6EC, 0xFFFFFF, 0xF1E9DA, 0x1A1C1E, 0x2E3235, 0x3F3B32, 0xD9D2C3, 0x07433A,
                            0xFFFFFF, 0x074A3F, 0x063A32, 0xDDEFE9, 0x6A110C, 0xFFC83D, 0xFFC83D, 0xFFF1CC,
                            0x083B73, 0x4F2C7A, 0x5C3800, 0x33373A, 0xFFFFFF, 0xE2DACA, 0x1A1C1E, 0x555653};

// At least 20:1, which leaves black and white: what tells states apart is shape.
constexpr std::uint32_t kBlack = 0x000000;
constexpr std::uint32_t kWhite = 0xFFFFFF;
constexpr Palette kBlackOnWhite{kWhite, kWhite, kWhite, kBlack, kBlack, kBlack, kBlack, kBlack, kWhite, kBlack, kBlack, kWhite,
                                kBlack, kWhite, kBlack, kWhite, kBlack, kBlack, kBlack, kBlack, kWhite, kWhite, kBlack, kBlack};
constexpr Palette kWhiteOnBlack{kBlack, kBlack, kBlack, kWhite, kWhite, kWhite, kWhite, kBlack, kWhite, kWhite, kWhite, kBlack,
                                kWhite, kBlack, kWhite, kBlack, kWhite, kWhite, kWhite, kWhite, kBlack, kBlack, kWhite, kBlack};

// 4.5:1 to 8:1, for eyes that glare hurts.
constexpr Palette kLowGlare{0xD6CDBB, 0xE0D8C8, 0xCCC3B0, 0x403E39, 0x454339, 0x4A473F, 0xB5AC99, 0x2C574D,
                            0xE0D8C8, 0x2C574D, 0x264F46, 0xC3D3CA, 0x7A2F28, 0xD9B24A, 0xD9B24A, 0xE3D2A0,
                            0x2F5077, 0x573F73, 0x634A26, 0x45484A, 0xE0D8C8, 0xC9C0AE, 0x403E39, 0x6E6A60};

constexpr std::array kPalettes{kStandard, kBlackOnWhite, kWhiteOnBlack, kLowGlare};

}  // namespace

Colour colour_of(kiosk::Theme theme, Tone tone) { return opaque(kPalettes.at(static_cast<std::size_t>(theme)).at(tone)); }

}  // namespace ui
