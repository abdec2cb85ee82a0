#include "hal/device_statistics.h"

namespace hal {

std::string_view name_of(Counter counter) {
  static constexpr std::array<std::string_view, kCounters> kNames{
      "connects", "reads",          "misreads",     "refused", "unanswered",          "noise",    "recoveries",
      "jobs",     "jobs_confirmed", "jobs_unknown", "cuts",    "millimetres_printed", "head_hot", "decoder_losses"};
  return kNames[static_cast<std::size_t>(counter)];
}

}  // namespace hal
