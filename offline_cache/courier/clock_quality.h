#pragma once

namespace offline_cache {

// Whether the kernel considers the wall clock synchronised (adjtimex). Goes into the envelope; decides nothing here.
bool clock_is_synchronised();

}  // namespace offline_cache
