#include "typeset/font_configuration.h"

#include <filesystem>
#include <mutex>
#include <span>
#include <system_error>

#include "base/log.h"
#include "typeset/missing_fonts.h"

namespace typeset {
namespace {

struct RequiredFamily {
  const char* family;
  const char* package;
};
constexpr RequiredFamily kRequired[] = {
    {kTextFamily, "fonts-noto-cjk"},
    {kPictogramFamily, "fonts-materialdesignicons-webfont"},
};

// One of each script; a package brings all of its own.
constexpr RequiredFamily kFurther[] = {
    {"Noto Sans", "fonts-noto-core"},
    {"Noto Sans Arabic", "fonts-noto-core"},
    {"Noto Sans Devanagari", "fonts-noto-core"},
    {"Noto Sans Mongolian", "fonts-noto-core"},
    {"Noto Sans Tai Le", "fonts-noto-core"},
    {"Noto Sans Yi", "fonts-noto-core"},
    {"Noto Serif Tibetan", "fonts-noto-core"},
    {"HanaMinB", "fonts-hanazono"},
    {"BabelStone Han", "fonts-babelstone-han"},
};

const FcChar8* fc_text(const char* text) { return reinterpret_cast<const FcChar8*>(text); }

bool has_family(const FcFontSet& fonts, const char* family) {
  for (int i = 0; i < fonts.nfont; ++i) {
    FcChar8* name = nullptr;
    for (int n = 0; FcPatternGetString(fonts.fonts[i], FC_FAMILY, n, &name) == FcResultMatch; ++n)
      if (FcStrCmpIgnoreCase(name, fc_text(family)) == 0) return true;
  }
  return false;
}

std::vector<std::string> lacking(FcConfig* config, std::span<const RequiredFamily> families) {
  std::vector<std::string> found;
  const FcFontSet* fonts = FcConfigGetFonts(config, FcSetSystem);
  for (const auto& required : families)
    if (fonts == nullptr || !has_family(*fonts, required.family))
      found.push_back(std::string("font \"") + required.family + "\" not found; install the package " + required.package);
  return found;
}

base::Result<FontConfiguration> read_fonts(const std::string& fonts_conf) {
  FontConfiguration config(FcConfigCreate());
  // Fontconfig looks for a relative name in its own folders only.
  std::error_code ignored;
  const std::string file = std::filesystem::absolute(fonts_conf, ignored).string();
  if (!config || FcConfigParseAndLoad(config.get(), fc_text(file.c_str()), FcTrue) == FcFalse ||
      FcConfigBuildFonts(config.get()) == FcFalse)
    return {base::Failure::font_missing, "cannot read the font configuration " + fonts_conf};
  if (const auto missing = lacking(config.get(), kRequired); !missing.empty())
    return {base::Failure::font_missing, missing.front()};
  return config;
}

}  // namespace

base::Result<FontConfiguration> load_fonts(const std::string& fonts_conf) {
  auto config = read_fonts(fonts_conf);
  if (!config) return config.error();
  static std::once_flag first;
  std::call_once(first, [&config] {
    FcConfigSetCurrent(config->get());
    for (const auto& missing : lacking(config->get(), kFurther)) base::log::failure({base::Failure::font_glyph_missing, missing});
  });
  return config;
}

base::Result<std::vector<std::string>> missing_fonts(const std::string& fonts_conf) {
  const auto config = read_fonts(fonts_conf);
  if (!config) return config.error();
  return lacking(config->get(), kFurther);
}

}  // namespace typeset
