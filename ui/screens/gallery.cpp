#include "ui/screens/gallery.h"

#include <fmt/format.h>

#include <array>

#include "ui/screens/contact_sheet.h"
#include "ui/screens/kiosk_screen.h"
#include "ui/speech/narrator.h"

namespace ui {
namespace {

constexpr int kMostPictures = 24;  // of one screen
constexpr std::array kStepNames{"small", "normal", "large", "largest"};
constexpr std::array kThemeNames{"standard", "black-on-white", "white-on-black", "low-glare"};

struct PicturePanel {
  int width, height;
  double width_mm, mounting_mm;
};
constexpr PicturePanel kPortrait{1080, 1920, 268.0, 720.0};
constexpr PicturePanel kLandscape{1920, 1080, 476.4, 850.0};

// The middle of every panel hangs as high.
PicturePanel panel_of(const GallerySetting& setting) {
  PicturePanel panel = setting.landscape ? kLandscape : kPortrait;
  const double height_mm = panel.width_mm * panel.height / panel.width;
  const double scale = setting.inches / kUsualPanel;
  panel.width_mm *= scale;
  panel.mounting_mm -= (scale - 1) * height_mm / 2;
  return panel;
}

bool is_last_page(const SemanticTree& tree) {
  const SemanticNode* more = tree.find("more");
  return more == nullptr || more->value.starts_with(more->value.substr(more->value.find('/') + 1) + "/");
}

// The focus on the first thing that can be pressed, and the longest sentence of the page as caption.
void listen_to(KioskScreen& screen, const GalleryParts& parts, const VisitView& view) {
  screen.take(Key::move, view, gallery_moment());
  const Narrator narrator(parts.translations);
  Sentence longest;
  for (Sentence& each : narrator.whole_page({screen.tree(), screen.page(), screen.focus(), view.state.language}))
    if (each.text.size() > longest.text.size()) longest = std::move(each);
  screen.set_caption(std::move(longest.text));
}

base::Status draw_pages(KioskScreen& screen, const GalleryParts& parts, const GallerySetting& setting, const Scene& scene,
                        const VisitView& view, const TakePicture& take) {
  const PicturePanel panel = panel_of(setting);
  begin_scene(screen, scene, view);
  if (setting.voice) listen_to(screen, parts, view);
  for (int page = 1; page <= kMostPictures; ++page) {
    Surface surface(panel.width, panel.height);
    screen.repaint();
    screen.draw(surface, view, gallery_moment());
    const std::string suffix = page == 1 ? std::string() : fmt::format("-page{}", page);
    if (auto taken = take(scene.name + suffix, surface); !taken) return taken;
    if (is_last_page(screen.tree()) || !screen.press("more", view, gallery_moment())) return {};
  }
  return {};
}

// Every combination that is asked for of one language and text size.
std::vector<GallerySetting> settings_of(const GalleryOptions& options, const kiosk::Language& language, kiosk::TextStep step) {
  std::vector<GallerySetting> settings;
  for (const kiosk::Theme theme : options.themes)
    for (const bool landscape : options.landscape)
      for (const bool low : options.low)
        for (const double inches : options.inches)
          settings.push_back({language, step, theme, landscape, low, options.voice, options.steady, inches});
  return settings;
}

base::Status write_sheet(const std::filesystem::path& folder, const GalleryParts& parts,
                         const std::vector<GallerySetting>& settings) {
  ContactSheet sheet;
  for (const GallerySetting& setting : settings) {
    sheet.begin_block();
    int number = 0;
    const auto taken = draw_all(parts, setting, [&](const std::string& name, const Surface& picture) {
      sheet.add(thumbnail(picture));
      return write_surface(folder / fmt::format("{:02}-{}-{}.png", ++number, name, setting.name()), picture);
    });
    if (!taken) return taken;
  }
  const GallerySetting& any = settings.front();
  return sheet.write(folder /
                     fmt::format("contact-sheet-{}-{}.png", any.language, kStepNames.at(static_cast<std::size_t>(any.step))));
}

}  // namespace

std::string GallerySetting::name() const {
  return fmt::format("{}-{}-{}-{}{}", language, kStepNames.at(static_cast<std::size_t>(step)),
                     kThemeNames.at(static_cast<std::size_t>(theme)), landscape ? "landscape" : "portrait", low ? "-low" : "") +
         (voice ? "-voice" : "") + (steady ? "-steady" : "") + (inches == kUsualPanel ? "" : fmt::format("-{}in", inches));
}

void begin_scene(KioskScreen& screen, const Scene& scene, const VisitView& view) {
  screen.forget();
  if (!scene.press.empty()) screen.press(scene.press, view, gallery_moment());
}

base::Status draw_all(const GalleryParts& parts, const GallerySetting& setting, const TakePicture& take) {
  const PicturePanel panel = panel_of(setting);
  KioskScreen screen(parts.typesetter, parts.translations, panel.width_mm);
  screen.mount(panel.mounting_mm);
  for (Scene& scene : all_scenes(parts.services)) {
    scene.state.language = setting.language;
    scene.state.text_step = setting.step;
    scene.state.theme = setting.theme;
    scene.state.low_layout = setting.low;
    scene.state.steady = setting.steady;
    scene.state.voice.on = scene.state.voice.on || setting.voice;
    if (auto taken = draw_pages(screen, parts, setting, scene, scene.view(parts.hall, parts.services), take); !taken)
      return taken;
  }
  return {};
}

base::Status write_gallery(const std::filesystem::path& folder, const GalleryParts& parts, const GalleryOptions& options) {
  for (const kiosk::Language& language : options.languages)
    for (const kiosk::TextStep step : options.steps)
      if (auto written = write_sheet(folder, parts, settings_of(options, language, step)); !written) return written;
  return {};
}

}  // namespace ui
