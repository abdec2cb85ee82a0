// The people of tests, demo and training. All fictional: impossible birthdays, or the region 000000 that no number has.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "hal/id_card/person_record.h"

namespace hal {

struct Persona {
  std::string id;        // "eighty_five", "R1"
  std::string label_zh;  // for the button that lays the card down
  std::string label_en;
  TextBlock text;  // of the card
};

// With possible birthdays, computed so that the ages hold on `today`: eighty_five, nearly_eighty (eligible in less than
// a month), forty_five, rare_name. Then the published test vectors R1 R2 J1 I1 Y1, the same bytes for ever.
std::vector<Persona> personas(std::chrono::year_month_day today);

}  // namespace hal
