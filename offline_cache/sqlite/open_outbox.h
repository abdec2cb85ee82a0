// The start-up procedure of the queue: lock, open, check, recover; a damaged queue is set aside whole, a new one takes its
// place, and the rows that can be read are rescued into it. Service goes on in every case but these:
//   save_store_locked      another process owns the folder
//   save_store_newer       a later version wrote it; nothing was touched
//   save_store_unopenable  rights, read-only file system, not a folder
//   save_io_error, save_disk_full   the disk
#pragma once

#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "offline_cache/outbox.h"

namespace offline_cache {

struct StoreLimits {
  std::int64_t quota_bytes = 256LL << 20;  // of the database; at most 70 % of its partition
  std::int64_t ballast_bytes = 8LL << 20;  // twice the longest write-ahead log
  std::int64_t rows_to_digest = 5000;      // waiting rows whose bytes are checked at start; the others before they are sent
  std::int64_t pages_to_read = 1LL << 18;  // files of up to 1 GiB are read whole at start; of a longer one the payloads' pages
                                           // are checked as they are used, and every hour
};

struct OpenedOutbox {
  std::unique_ptr<Outbox> outbox;
  int damaged_queues = 0;      // folders set aside, ever; an alarm until an operator has taken them away
  bool set_aside_now = false;  // one of them by this opening
  bool rescued = true;  // all that could be read of them; false: open again later, there was no room, or they did not answer
};

base::Result<OpenedOutbox> open_outbox(const std::filesystem::path& data_folder, const StoreLimits& limits,
                                       const base::Clock& clock, base::Random& random);

}  // namespace offline_cache
