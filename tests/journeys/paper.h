#pragma once

#include <filesystem>
#include <string>

#include "typeset/bitmap.h"

namespace journeys {

// What zbarimg, an independent decoder, reads from a paper; empty when there is no code on it. `folder`: for a picture.
std::string code_on(const typeset::DotBitmap& paper, const std::filesystem::path& folder);

}  // namespace journeys
