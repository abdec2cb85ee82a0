// A whole export at once.
#pragma once

#include "offline_cache/export_file.h"

namespace offline_cache_examples {

inline base::Result<offline_cache::Exported> export_queue(offline_cache::Outbox& outbox, const std::filesystem::path& file) {
  offline_cache::ExportSource source;
  offline_cache::ExportFile out(file);
  for (;;) {
    const auto application = source.next(outbox);
    if (!application) return application.error();
    auto status = application->empty() ? out.finish(source.exported().records) : out.write(*application);
    if (!status) return status.error();
    if (application->empty()) return source.exported();
  }
}

}  // namespace offline_cache_examples
