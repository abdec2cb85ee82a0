// The published test vectors as people. Their birthdays do not exist, on purpose; their bytes never change.
#pragma once

#include <string>
#include <vector>

#include "hal/person.h"

namespace hal {

struct PersonaVector {
  std::string id;  // R1 R2 J1 I1 Y1
  std::string label_zh;
  std::string label_en;
  Person person;
};

std::vector<PersonaVector> persona_vectors();

}  // namespace hal
