// links: linli_offline_cache
// Envelopes found in a damaged queue.
#include <cstdint>
#include <cstdlib>

#include "offline_cache/sealing/envelope.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto header = offline_cache::read_envelope_header({reinterpret_cast<const char*>(data), size});
  if (header && (header->version < 1 || header->version > 2 || header->suite < 1 || header->suite > 2)) std::abort();
  return 0;
}
