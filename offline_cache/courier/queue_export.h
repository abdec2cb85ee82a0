// An export under way. The queue is read on the courier's thread, a piece at a time between its other work; the stick is written
// on a thread of its own, so that one that is slow, or hangs, keeps nobody waiting. Life: read() and ended() until it has.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "offline_cache/export_file.h"

namespace offline_cache {

inline constexpr std::size_t kExportPiece = std::size_t{1} << 20;  // bytes, then an application was the last
inline constexpr int kPiecesAhead = 2;                             // of the stick
inline constexpr std::chrono::seconds kStickPatience{60};          // for one piece
inline constexpr std::chrono::milliseconds kLookAtStick{20};       // how often

class QueueExport {
 public:
  QueueExport(std::filesystem::path file, const base::Clock& clock);
  ~QueueExport();  // has it not ended, what was begun is removed as soon as the stick lets that happen
  QueueExport(const QueueExport&) = delete;
  QueueExport& operator=(const QueueExport&) = delete;

  // The next piece, when there is room for it. An error is one of the outbox.
  base::Status read(Outbox& outbox);
  // Nothing: it goes on. save_io_error: the file cannot be written, nothing has gone into it for kStickPatience, or the machine
  // has no thread for it.
  std::optional<base::Status> ended();
  const Exported& exported() const { return source_.exported(); }

 private:
  struct Stick;
  static void write(Stick& stick, const std::filesystem::path& file);

  const base::Clock& clock_;
  ExportSource source_;
  std::shared_ptr<Stick> stick_;  // also of the thread, which may outlive this: it may hang with its stick for ever
  int given_ = 0, taken_ = 0;     // pieces
  base::Instant moved_{};         // when one was last taken
  bool whole_ = false;            // all is given
};

}  // namespace offline_cache
