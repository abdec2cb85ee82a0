#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "hal/printer/presenter_profile.h"

namespace hal {

// Reads the member "presenter" of a printer profile; `problem` receives the first complaint, as in ProfileObject.
Presenter read_presenter(const nlohmann::json& json, const std::string& pointer, std::string& problem);

}  // namespace hal
