// links: linli_offline_cache
// Receipt codes as people type them: what is accepted reads back as itself.
#include <cstdint>
#include <cstdlib>

#include "offline_cache/receipt_code.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto code = offline_cache::parse_receipt_code({reinterpret_cast<const char*>(data), size});
  if (code && (code->size() != 9 || offline_cache::parse_receipt_code(*code) != code)) std::abort();
  return 0;
}
