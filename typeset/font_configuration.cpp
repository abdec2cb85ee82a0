#include "typeset/font_configuration.h"

#include <filesystem>
#include <mutex>
#include <system_error>

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

const FcChar8* fc_text(const char* text) { return reinterpret_cast<const FcChar8*>(text); }

bool has_family(const FcFontSet& fonts, const char* family) {
  for (int i = 0; i < fonts.nfont; ++i) {
    FcChar8* name = nullptr;
    for (int n = 0; FcPatternGetString(fonts.fonts[i], FC_FAMILY, n, &name) == FcResultMatch; ++n)
      if (FcStrCmpIgnoreCase(name, fc_text(family)) == 0) return true;
  }
  return false;
}

base::Status check_families(FcConfig* config) {
  const FcFontSet* fonts = FcConfigGetFonts(config, FcSetSystem);
  for (const auto& required : kRequired)
    if (fonts == nullptr || !has_family(*fonts, required.family))
      return {base::Failure::font_missing,
              std::string("font \"") + required.family + "\" not found; install the package " + required.package};
  return {};
}

}  // namespace

base::Result<FontConfiguration> load_fonts(const std::string& fonts_conf) {
  FontConfiguration config(FcConfigCreate());
  // Fontconfig looks for a relative name in its own folders only.
  std::error_code ignored;
  const std::string file = std::filesystem::absolute(fonts_conf, ignored).string();
  if (!config || FcConfigParseAndLoad(config.get(), fc_text(file.c_str()), FcTrue) == FcFalse ||
      FcConfigBuildFonts(config.get()) == FcFalse)
    return {base::Failure::font_missing, "cannot read the font configuration " + fonts_conf};
  if (auto checked = check_families(config.get()); !checked) return checked.error();
  static std::once_flag first;
  std::call_once(first, [&config] { FcConfigSetCurrent(config.get()); });
  return config;
}

}  // namespace typeset
