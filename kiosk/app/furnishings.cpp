#include "kiosk/app/furnishings.h"

#include <utility>

#include "base/log.h"

namespace kiosk {

base::Result<Furnishings> load_furnishings(const AssetPaths& assets) {
  Translations translations(assets.translations());
  ServiceList list = load_services(assets.services(), &translations);
  for (const base::Error& broken : list.broken) base::log::failure(broken);
  if (list.services.empty()) return base::Error{base::Failure::service_none, "nothing usable in " + assets.services().string()};
  auto typesetter = typeset::Typesetter::create(assets.fonts_conf().string());
  if (!typesetter) return typesetter.error();
  return Furnishings{std::move(translations), std::move(list.services), *std::move(typesetter)};
}

}  // namespace kiosk
