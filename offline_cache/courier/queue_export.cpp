#include "offline_cache/courier/queue_export.h"

#include <atomic>

#include "base/detached_thread.h"
#include "base/mailbox.h"

namespace offline_cache {

struct QueueExport::Stick {
  struct Piece {
    std::string bytes;
    std::optional<int> records;  // of the whole: it was the last
  };
  base::Mailbox<Piece> pieces;
  base::Mailbox<base::Status> end;
  std::atomic<int> taken = 0;
};

QueueExport::QueueExport(std::filesystem::path file, const base::Clock& clock)
    : clock_(clock), stick_(std::make_shared<Stick>()), moved_(clock.now()) {
  if (!base::run_detached([stick = stick_, file = std::move(file)] { write(*stick, file); }))
    (void)stick_->end.post({base::Failure::save_io_error, "export: the machine has no thread for it"});
}

QueueExport::~QueueExport() { stick_->pieces.close(); }

void QueueExport::write(Stick& stick, const std::filesystem::path& file) {
  ExportFile out(file);
  base::Status status;
  bool last = false;
  while (status && !last) {
    const auto piece = stick.pieces.take();
    if (!piece) return;  // nobody waits for it any more
    if (!piece->bytes.empty()) status = out.write(piece->bytes);
    last = piece->records.has_value();
    if (status && last) status = out.finish(*piece->records);
    ++stick.taken;
  }
  (void)stick.end.post(std::move(status));
}

base::Status QueueExport::read(Outbox& outbox) {
  if (whole_ || given_ - stick_->taken >= kPiecesAhead) return {};
  Stick::Piece piece;
  while (!whole_ && piece.bytes.size() < kExportPiece) {
    auto application = source_.next(outbox);
    if (!application) return application.error();
    whole_ = application->empty();
    piece.bytes += *application;
  }
  if (whole_) piece.records = source_.exported().records;
  ++given_;
  (void)stick_->pieces.post(std::move(piece));
  return {};
}

std::optional<base::Status> QueueExport::ended() {
  if (auto end = stick_->end.try_take()) return end;
  if (const int taken = stick_->taken; taken > taken_ || given_ == taken) {
    taken_ = taken;
    moved_ = clock_.now();
  }
  if (clock_.now() - moved_ < kStickPatience) return std::nullopt;
  return base::Status(base::Failure::save_io_error, "export: the stick takes nothing any more");
}

}  // namespace offline_cache
