#include "kiosk/app/catalogue_offer.h"

#include "base/log.h"

namespace kiosk {

std::optional<Offer> offer_of(const offline_cache::KeptCatalogue& catalogue, const Translations& translations) {
  ServiceList list = load_services(catalogue.services, &translations);
  for (const base::Error& broken : list.broken) base::log::failure(broken);
  if (list.services.empty()) return std::nullopt;
  Offer offer{std::move(list.services), {}};
  for (const auto& notice : catalogue.manifest.notices)
    offer.notices.emplace_back(std::map<Language, std::string>(notice.text.begin(), notice.text.end()));
  return offer;
}

}  // namespace kiosk
