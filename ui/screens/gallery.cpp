#include "ui/screens/gallery.h"

#include <fmt/format.h>

#include <array>

#include "typeset/png.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

constexpr int kThumbnail = 5;  // full pixels to one of the contact sheet
constexpr int kSheetColumns = 10;
constexpr int kMostPictures = 24;  // of one screen
constexpr std::array kStepNames{"small", "normal", "large", "largest"};

struct PanelSize {
  const char* name;
  int width, height;
  double width_mm;
};
constexpr PanelSize kPortrait{"portrait", 1080, 1920, 268.0};
constexpr PanelSize kLandscape{"landscape", 1920, 1080, 476.4};

base::Status write_surface(const std::filesystem::path& path, const Surface& surface) {
  return typeset::write_png(
      path, {surface.row(0), static_cast<std::size_t>(surface.width()) * static_cast<std::size_t>(surface.height())},
      surface.width(), surface.height());
}

Pixel average(const Surface& surface, int left, int top) {
  std::array<unsigned, 3> sum{};
  for (int y = 0; y < kThumbnail; ++y)
    for (int x = 0; x < kThumbnail; ++x)
      for (unsigned c = 0; c < 3; ++c) sum[c] += surface.row(top + y)[left + x] >> 8U * c & 255U;
  constexpr unsigned kPixels = kThumbnail * kThumbnail;
  return sum[2] / kPixels << 16U | sum[1] / kPixels << 8U | sum[0] / kPixels;
}

Surface thumbnail(const Surface& surface) {
  Surface small(surface.width() / kThumbnail, surface.height() / kThumbnail);
  for (int y = 0; y < small.height(); ++y)
    for (int x = 0; x < small.width(); ++x) small.row(y)[x] = average(surface, x * kThumbnail, y * kThumbnail);
  return small;
}

// Thumbnails of any size, row by row.
class ContactSheet {
 public:
  void add(const Surface& surface) { pictures_.push_back(thumbnail(surface)); }

  base::Status write(const std::filesystem::path& path) {
    if (pictures_.empty()) return {};
    int cell_w = 0;
    int cell_h = 0;
    for (const Surface& each : pictures_) {
      cell_w = std::max(cell_w, each.width() + kGapPixels);
      cell_h = std::max(cell_h, each.height() + kGapPixels);
    }
    const int rows = (static_cast<int>(pictures_.size()) + kSheetColumns - 1) / kSheetColumns;
    Surface sheet(kSheetColumns * cell_w + kGapPixels, rows * cell_h + kGapPixels);
    for (int y = 0; y < sheet.height(); ++y) std::fill_n(sheet.row(y), sheet.width(), Pixel{0x808080});
    for (std::size_t i = 0; i < pictures_.size(); ++i) {
      const int column = static_cast<int>(i) % kSheetColumns;
      const int row = static_cast<int>(i) / kSheetColumns;
      place(sheet, pictures_[i], kGapPixels + column * cell_w, kGapPixels + row * cell_h);
    }
    return write_surface(path, sheet);
  }

 private:
  static constexpr int kGapPixels = 8;
  static void place(Surface& sheet, const Surface& picture, int x, int y) {
    for (int row = 0; row < picture.height(); ++row) std::copy_n(picture.row(row), picture.width(), sheet.row(y + row) + x);
  }
  std::vector<Surface> pictures_;
};

class Gallery {
 public:
  Gallery(const std::filesystem::path& folder, typeset::Typesetter& typesetter, const kiosk::Translations& translations,
          const kiosk::Hall& hall, const std::vector<kiosk::ServiceDefinition>& services)
      : folder_(folder), typesetter_(typesetter), translations_(translations), hall_(hall), services_(services) {}

  base::Status panel(const PanelSize& panel, const kiosk::Language& language, kiosk::TextStep step) {
    KioskScreen screen(typesetter_, translations_, panel.width_mm);
    ContactSheet sheet;
    const std::string kind = fmt::format("{}-{}-{}", language, kStepNames.at(static_cast<std::size_t>(step)), panel.name);
    int number = 0;
    for (Scene& scene : all_scenes(services_)) {
      scene.state.language = language;
      scene.state.text_step = step;
      ++number;
      const std::string name = fmt::format("{:02}-{}-{}", number, scene.name, kind);
      if (auto written = pages(screen, scene, panel, name, sheet); !written) return written;
    }
    return sheet.write(folder_ / ("contact-sheet-" + kind + ".png"));
  }

 private:
  base::Status pages(KioskScreen& screen, const Scene& scene, const PanelSize& panel, const std::string& name, ContactSheet& sheet) {
    const VisitView view = scene.view(hall_, services_);
    screen.forget();
    for (int page = 1; page <= kMostPictures; ++page) {
      Surface surface(panel.width, panel.height);
      screen.repaint();
      screen.draw(surface, view, gallery_moment());
      sheet.add(surface);
      const std::string suffix = page == 1 ? std::string() : fmt::format("-page{}", page);
      if (auto written = write_surface(folder_ / (name + suffix + ".png"), surface); !written) return written;
      const SemanticNode* more = screen.tree().find("more");
      if (more == nullptr || more->value.starts_with(more->value.substr(more->value.find('/') + 1) + "/")) return {};
      if (!screen.press("more", view, gallery_moment())) return {};
    }
    return {};
  }

  const std::filesystem::path& folder_;
  typeset::Typesetter& typesetter_;
  const kiosk::Translations& translations_;
  const kiosk::Hall& hall_;
  const std::vector<kiosk::ServiceDefinition>& services_;
};

}  // namespace

base::Status write_gallery(const std::filesystem::path& folder, typeset::Typesetter& typesetter,
                           const kiosk::Translations& translations, const kiosk::Hall& hall,
                           const std::vector<kiosk::ServiceDefinition>& services, const GalleryOptions& options) {
  Gallery gallery(folder, typesetter, translations, hall, services);
  for (const kiosk::Language& language : options.languages)
    for (const kiosk::TextStep step : options.steps) {
      if (options.portrait)
        if (auto written = gallery.panel(kPortrait, language, step); !written) return written;
      if (options.landscape)
        if (auto written = gallery.panel(kLandscape, language, step); !written) return written;
    }
  return {};
}

}  // namespace ui
