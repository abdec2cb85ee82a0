// Every screen in every state a resident can meet, filled with a made-up person: for pictures, and for the tests that
// look at all of them.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "typeset/text.h"
#include "ui/screens/visit_view.h"

namespace ui {

struct Scene {
  std::string name;  // "question-phone-typed"
  kiosk::VisitState state;
  kiosk::Step step;
  const kiosk::Question* question = nullptr;
  bool can_go_on = false;
  int digits_missing = 0;

  VisitView view(const kiosk::Hall& hall, const std::vector<kiosk::ServiceDefinition>& services) const;
};

// The scenes in the order of a visit. `services` outlives them.
std::vector<Scene> all_scenes(const std::vector<kiosk::ServiceDefinition>& services);
// 23 November 2026, 9:41.
kiosk::Moment gallery_moment();

struct GalleryOptions {
  std::vector<kiosk::Language> languages{"zh", "en"};
  std::vector<kiosk::TextStep> steps{kiosk::TextStep::normal};
  bool portrait = true;   // 1080 × 1920 on 268 mm
  bool landscape = true;  // 1920 × 1080 on 476 mm
};

// Writes NN-name-language-step-orientation.png for each, every page of a page that was cut, and contact-sheet.png.
base::Status write_gallery(const std::filesystem::path& folder, typeset::Typesetter& typesetter,
                           const kiosk::Translations& translations, const kiosk::Hall& hall,
                           const std::vector<kiosk::ServiceDefinition>& services, const GalleryOptions& options);

}  // namespace ui
