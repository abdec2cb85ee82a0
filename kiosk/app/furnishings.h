// Everything a kiosk needs that is read from files once: words, services, fonts.
#pragma once

#include <memory>
#include <vector>

#include "kiosk/app/asset_paths.h"
#include "kiosk/service_definition.h"
#include "kiosk/translations.h"
#include "typeset/text.h"

namespace kiosk {

struct Furnishings {
  Translations translations;
  std::vector<ServiceDefinition> services;
  std::unique_ptr<typeset::Typesetter> typesetter;  // of the drawing thread
};

// A broken service or language is logged and left out; service_none when no service is left, font_missing without fonts.
base::Result<Furnishings> load_furnishings(const AssetPaths& assets);

}  // namespace kiosk
