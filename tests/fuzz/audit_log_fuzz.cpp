// links: linli_offline_cache
// A file of the audit log, as somebody may have left it. Whatever is accepted is a whole chain.
#include <cstdint>
#include <cstdlib>

#include "offline_cache/audit/audit_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offline_cache;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const AuditTrust trust{{std::string(64, '1')}, std::nullopt};
  for (const bool newest : {true, false}) {
    AuditWalk walk(trust);
    walk.file("000000000001.log", text, newest);
    const auto report = walk.finish();
    if (!report.fault && report.last < report.first - 1) std::abort();
    if (walk.torn_bytes() > size || (report.first > 0 && report.signed_up_to >= report.first && report.checkpoints == 0))
      std::abort();
  }
  return 0;
}
