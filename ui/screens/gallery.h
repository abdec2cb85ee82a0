// Every screen in every state a resident can meet, filled with a made-up person: for pictures, and for the tests that
// look at all of them.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "typeset/text.h"
#include "ui/kit/surface.h"
#include "ui/screens/visit_view.h"

namespace ui {

class KioskScreen;

struct Scene {
  std::string name;  // "question-phone-typed"
  kiosk::VisitState state;
  kiosk::Step step;
  const kiosk::Question* question = nullptr;
  bool can_go_on = false;
  int digits_missing = 0;
  std::string press{};  // what was pressed on it: "start-over" asks whether that is meant. Empty = nothing

  VisitView view(const kiosk::Hall& hall, const std::vector<kiosk::ServiceDefinition>& services) const;
};

// The scenes in the order of a visit. `services` outlives them.
std::vector<Scene> all_scenes(const std::vector<kiosk::ServiceDefinition>& services);
// Lets the screen forget what it showed and come to this scene; `view` is of the scene.
void begin_scene(KioskScreen& screen, const Scene& scene, const VisitView& view);
// 23 November 2026, 9:41.
kiosk::Moment gallery_moment();

inline constexpr double kUsualPanel = 21.5;  // inches

// One way in which every screen can be shown.
struct GallerySetting {
  kiosk::Language language = "zh";
  kiosk::TextStep step = kiosk::TextStep::normal;
  kiosk::Theme theme = kiosk::Theme::standard;
  bool landscape = false;  // 1920 × 1080 pixels instead of 1080 × 1920
  bool low = false;        // the low layout
  bool voice = false;      // read aloud: with focus ring and caption
  bool steady = false;     // for hands that tremble
  double inches = kUsualPanel;
  std::string name() const;  // "zh-normal-standard-portrait"
};

// What screens are drawn with; all outlive the call.
struct GalleryParts {
  typeset::Typesetter& typesetter;
  const kiosk::Translations& translations;
  const kiosk::Hall& hall;
  const std::vector<kiosk::ServiceDefinition>& services;
};

// Calls `take` with every page of every scene, in order; the first failure ends it.
using TakePicture = std::function<base::Status(const std::string& name, const Surface& picture)>;
base::Status draw_all(const GalleryParts& parts, const GallerySetting& setting, const TakePicture& take);

struct GalleryOptions {
  std::vector<kiosk::Language> languages{"zh", "en"};
  std::vector<kiosk::TextStep> steps{kiosk::TextStep::normal};
  std::vector<kiosk::Theme> themes{kiosk::Theme::standard};
  std::vector<bool> landscape{false, true};
  std::vector<bool> low{false};
  std::vector<double> inches{kUsualPanel};
  bool voice = false;
  bool steady = false;
};

// Writes NN-scene-SETTING.png for each, and for each language and text size one contact-sheet-LANGUAGE-SIZE.png.
base::Status write_gallery(const std::filesystem::path& folder, const GalleryParts& parts, const GalleryOptions& options);

}  // namespace ui
