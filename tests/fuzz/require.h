// How a fuzzer says that a promise was broken: libFuzzer and the replay of the corpora see a program that ends.
#pragma once

#include <cstdlib>

inline void require(bool promise) {
  if (!promise) std::abort();
}
