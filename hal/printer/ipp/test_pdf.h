#pragma once

#include "base/secret.h"

namespace hal {

// One A4 page that says "Linli printer test": no date, no person.
base::Secret test_pdf();

}  // namespace hal
