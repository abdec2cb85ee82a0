#include "offline_cache/sealing/suite.h"

#include "offline_cache/sealing/sm_suite.h"
#include "offline_cache/sealing/sodium_suite.h"

namespace offline_cache {

const Suite* find_suite(int number) {
  static const SodiumSuite sodium;
  static const SmSuite sm;
  if (number == sodium.number()) return &sodium;
  if (number == sm.number()) return &sm;
  return nullptr;
}

}  // namespace offline_cache
