#pragma once

#include <optional>

#include "kiosk/offer.h"
#include "kiosk/translations.h"
#include "offline_cache/catalogue_store.h"

namespace kiosk {

// What a kept catalogue offers. Nothing when none of its services can be used: then what was offered before stays. A broken
// service is logged and left out. Reads files; any thread.
std::optional<Offer> offer_of(const offline_cache::KeptCatalogue& catalogue, const Translations& translations);

}  // namespace kiosk
