#include <iostream>

#include "kiosk/app/commands.h"
#include "kiosk/app/demo_hall.h"
#include "kiosk/app/furnishings.h"
#include "ui/screens/gallery.h"

namespace kiosk {
namespace {

ui::GalleryOptions gallery_options(const ShotOptions& options) {
  ui::GalleryOptions gallery;
  if (!options.languages.empty()) gallery.languages.assign(options.languages.begin(), options.languages.end());
  if (!options.sizes.empty()) gallery.steps.clear();
  for (const int size : options.sizes) gallery.steps.push_back(static_cast<TextStep>(size - 1));
  if (!options.themes.empty()) gallery.themes.clear();
  for (const int theme : options.themes) gallery.themes.push_back(static_cast<Theme>(theme - 1));
  if (options.portrait != options.landscape) gallery.landscape = {options.landscape};
  if (options.low) gallery.low = {false, true};
  if (!options.inches.empty()) gallery.inches = options.inches;
  gallery.voice = options.voice;
  gallery.steady = options.steady;
  return gallery;
}

}  // namespace

base::Status draw_shots(const ShotOptions& options) {
  auto furnishings = load_furnishings(installed_assets());
  if (!furnishings) return furnishings.error();
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) return {base::Failure::save_io_error, options.folder.string() + ": " + error.message()};
  const Hall hall = DemoHall::demo_hall();
  const ui::GalleryParts parts{*furnishings->typesetter, furnishings->translations, hall, furnishings->services};
  if (auto drawn = ui::write_gallery(options.folder, parts, gallery_options(options)); !drawn) return drawn;
  std::cout << std::filesystem::absolute(options.folder).string() << '\n';
  return {};
}

}  // namespace kiosk
