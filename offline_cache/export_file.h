// Sealed envelopes in one file, to be carried to the office on a stick when there is no network. The queue is not changed
// by it: the same ids arrive at most once, whichever way is faster. Without the office's key the stick is worth nothing.
//
//   linli-export 1\n
//   part <id of its application> <which, from 1> <sha-256 of the bytes, 64 hex digits> <length in bytes, decimal>\n<bytes>\n
//   …                                                             (the application's attachments, right before it)
//   record <id> <plaintext sha-256, 64 hex digits> <sha-256 of the bytes, 64 hex digits> <length in bytes, decimal>\n<bytes>\n
//   …
//   end <records, decimal> <sha-256 of everything before this line, 64 hex digits>\n
//
// The file is written as FILE.partial, synced, and renamed: what is called FILE is complete. A partial one has no end
// line. docs/queue-export.md is the page for the office.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "base/result.h"
#include "offline_cache/outbox.h"

namespace offline_cache {

inline constexpr int kRowsExportedAtOnce = 100;
inline constexpr std::size_t kLongestExportLine = 256;  // bytes, without the envelopes

// Every row that still has its payload: QUEUED, INFLIGHT, REJECTED, HELD. One envelope, or one piece of an attachment, at a time
// is in memory. save_io_error: the
// file cannot be written; what was begun is removed.
struct Exported {
  int records = 0;
  int attachments = 0;
  std::int64_t attachment_bytes = 0;
};
base::Result<Exported> export_queue(Outbox& outbox, const std::filesystem::path& file);

struct ExportedRecord {
  base::Uuid id;
  Digest plaintext_digest{}, digest{};
  std::string_view envelope;  // part of the text that was read
};
struct ExportedPart {
  base::Uuid application;
  int ordinal = 0;
  Digest digest{};
  std::string_view bytes;  // part of the text that was read
};

// Reads strictly; every digest is compared. save_store_corrupt with the place when it is damaged or has no end. `visit` is
// called for each sound record before that, and `visit_part` for each attachment, so that a partial file still gives what it has.
// The number of records.
base::Result<int> read_export(std::string_view text, const std::function<void(const ExportedRecord&)>& visit,
                              const std::function<void(const ExportedPart&)>& visit_part = {});

}  // namespace offline_cache
