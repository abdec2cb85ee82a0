// links: linli_offline_cache
// Files from a stick: what is read as a record is exactly what its digest says, and inside the text.
#include <cstdint>
#include <cstdlib>

#include "offline_cache/export_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offline_cache;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  int seen = 0;
  const auto records = read_export(text, [&](const ExportedRecord& record) {
    if (sha256(record.envelope) != record.digest) std::abort();
    if (record.envelope.data() < text.data() || record.envelope.data() + record.envelope.size() > text.data() + size)
      std::abort();
    ++seen;
  });
  if (records && *records != seen) std::abort();
  return 0;
}
