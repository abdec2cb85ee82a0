// Memory in use, from /proc.
#pragma once

#include <sys/types.h>

namespace bench {

double resident_mib(pid_t process);  // 0 when there is none
// Of this process: the most since forget_peak().
void forget_peak();
double peak_mib();

}  // namespace bench
