// Questions that are answered in words: what may be given, and how long it may be.
#pragma once

#include "kiosk/visit_state.h"

namespace kiosk {

// name, text, and the area of an address that is being corrected.
bool takes_words(const Question& question, const Session& session);
std::size_t count_characters(std::string_view utf8);
// Whether so many more characters have room.
bool has_room(const Question& question, const Session& session, std::string_view more);
// An address's part can be taken as it stands: words for the area, digits or nothing for the others.
bool part_is_right(const Question& question, const Session& session);

}  // namespace kiosk
