// links: linli_offline_cache
// Receipt codes as people type them: what is accepted reads back as itself.
#include <cstdint>
#include <cstdlib>

#include "offline_cache/receipt_code.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offline_cache;
  const auto number = parse_receipt_code({reinterpret_cast<const char*>(data), size});
  if (number && (*number >= kReceiptNumbers || parse_receipt_code(receipt_code(*number)) != number)) std::abort();
  return 0;
}
