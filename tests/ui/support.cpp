#include "tests/ui/support.h"
#include "test_places.h"

#include <cstdlib>
#include <iostream>

namespace ui {

typeset::Typesetter& typesetter() {
  static const auto made = [] {
    auto result = typeset::Typesetter::create(LINLI_SOURCE_DIR "/assets/fonts.conf");
    if (!result) {
      std::cerr << result.error().detail << "\n";
      std::abort();
    }
    return *std::move(result);
  }();
  return *made;
}

const kiosk::Translations& translations() {
  static const kiosk::Translations made(LINLI_BINARY_DIR "/share/linli/translations");
  return made;
}

const kiosk::Hall& hall() {
  static const kiosk::Hall made{"和平社区便民服务大厅", "Heping Community Service Hall", "HP-03", "12345", "zh"};
  return made;
}

const std::vector<kiosk::ServiceDefinition>& services() {
  static const kiosk::ServiceList made = kiosk::load_services(LINLI_SOURCE_DIR "/assets/services", &translations());
  return made.services;
}

}  // namespace ui
