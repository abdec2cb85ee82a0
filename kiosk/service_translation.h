// The texts of a service in the languages of the .po files, so that a language is one file.
#pragma once

#include "kiosk/service_definition.h"
#include "kiosk/translations.h"

namespace kiosk {

// Adds to each text of the service what the translations have of it; what the service's own file says stays.
void translate(ServiceDefinition& service, const Translations& translations);

}  // namespace kiosk
