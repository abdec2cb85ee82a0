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
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "offline_cache/outbox.h"

namespace offline_cache {

inline constexpr int kRowsExportedAtOnce = 100;         // listed; their payloads are read one application after the other
inline constexpr std::size_t kLongestExportLine = 256;  // bytes, without the envelopes

struct Exported {
  int records = 0;
  int attachments = 0;
  std::int64_t attachment_bytes = 0;
};

// Reads a queue for an export: every row that still has its payload, QUEUED, INFLIGHT, REJECTED, HELD. Between two calls the
// queue may be used; what the office acknowledges meanwhile is left out. On the outbox's thread.
class ExportSource {
 public:
  // The next application, as it stands in the file, with its attachments; empty: that was all.
  base::Result<std::string> next(Outbox& outbox);
  const Exported& exported() const { return exported_; }  // so far

 private:
  std::vector<Listed> rows_{};
  std::size_t at_ = 0;
  std::int64_t last_ = 0;
  Exported exported_;
};

// The file on the stick. One thread, which waits as long as the stick does.
class ExportFile {
 public:
  explicit ExportFile(std::filesystem::path file);
  ~ExportFile();  // what was begun and not finished is removed
  ExportFile(const ExportFile&) = delete;
  ExportFile& operator=(const ExportFile&) = delete;

  // Lies on the stick when it returns. save_io_error: no room, or the stick was pulled.
  base::Status write(std::string_view bytes);
  // Gives it its end and its name.
  base::Status finish(int records);

 private:
  struct Digesting;
  base::Status begin();
  base::Status add(std::string_view bytes);
  base::Status put(std::string_view bytes);

  std::filesystem::path file_, partial_;  // partial_ is empty once it has its name
  base::FileDescriptor descriptor_;
  std::unique_ptr<Digesting> digest_;  // of everything before the end line
  bool begun_ = false;
};

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
