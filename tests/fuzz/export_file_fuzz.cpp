// links: linli_offline_cache
// Files from a stick: what is read as a record is exactly what its digest says, and inside the text.
#include <cstdint>
#include <cstdlib>

#include "offline_cache/export_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offline_cache;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  int seen = 0;
  const auto check = [&](std::string_view bytes, const Digest& digest) {
    if (sha256(bytes) != digest) std::abort();
    if (bytes.data() < text.data() || bytes.data() + bytes.size() > text.data() + size) std::abort();
  };
  const auto records = read_export(
      text,
      [&](const ExportedRecord& record) {
        check(record.envelope, record.digest);
        ++seen;
      },
      [&](const ExportedPart& part) { check(part.bytes, part.digest); });
  if (records && *records != seen) std::abort();
  return 0;
}
