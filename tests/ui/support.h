#pragma once

#include "kiosk/service_definition.h"
#include "kiosk/translations.h"
#include "kiosk/visit.h"
#include "typeset/text.h"

namespace ui {

constexpr double kLeastGap = 5.0;  // mm between two things to press

// Made once per program: fonts are slow to find.
typeset::Typesetter& typesetter();
const kiosk::Translations& translations();
const kiosk::Hall& hall();
const std::vector<kiosk::ServiceDefinition>& services();  // those that are shipped

}  // namespace ui
