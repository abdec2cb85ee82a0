#include "offline_cache/courier/clock_quality.h"

#include <sys/timex.h>

namespace offline_cache {

bool clock_is_synchronised() {
  timex state{};
  const int quality = adjtimex(&state);  // modes = 0: only asks
  return quality >= 0 && quality != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

}  // namespace offline_cache
