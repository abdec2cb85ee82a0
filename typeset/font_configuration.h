#pragma once

#include <fontconfig/fontconfig.h>

#include <memory>
#include <string>

#include "base/result.h"

namespace typeset {

inline constexpr const char* kTextFamily = "Noto Sans CJK SC";
inline constexpr const char* kPictogramFamily = "Material Design Icons";

struct FontConfigurationCloser {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};
using FontConfiguration = std::unique_ptr<FcConfig, FontConfigurationCloser>;

// Only what the file names. The first one loaded also becomes fontconfig's own default, because Pango starts that and
// it would otherwise scan the whole system. font_missing, with the Debian package to install, unless both families are there.
// Missing fonts of other scripts and of rare names are told in the log (font_glyph_missing), once.
base::Result<FontConfiguration> load_fonts(const std::string& fonts_conf);

}  // namespace typeset
