#include "offline_cache/sqlite/part_tables.h"

#include <sodium.h>

#include <algorithm>

#include "offline_cache/sqlite/columns.h"

namespace offline_cache {
namespace {

using base::Result;
using base::Status;

constexpr std::string_view kAllParts = "SELECT ordinal,size,sha256,arrived FROM part WHERE app=? ORDER BY ordinal";
constexpr std::string_view kUnsentParts =
    "SELECT ordinal,size,sha256,arrived FROM part WHERE app=? AND arrived=0 ORDER BY ordinal";

Status write_part(std::int64_t app, int ordinal, const SealedPart& part, Database& into) {
  auto status = into.query("INSERT INTO part(app,ordinal,size,sha256) VALUES(?,?,?,?)")
                    .bind(app)
                    .bind(ordinal)
                    .bind(std::ssize(part.bytes))
                    .bind_blob(blob_of(part.digest))
                    .run();
  const std::string_view bytes = part.bytes;
  for (std::size_t at = 0; status && at < bytes.size(); at += kPieceBytes)
    status = into.query("INSERT INTO piece(app,ordinal,n,bytes) VALUES(?,?,?,?)")
                 .bind(app)
                 .bind(ordinal)
                 .bind(static_cast<std::int64_t>(at / kPieceBytes))
                 .bind_blob(bytes.substr(at, kPieceBytes))
                 .run();
  return status;
}

Result<bool> is_sound(std::int64_t app, const Part& part, Database& database) {
  crypto_hash_sha256_state state{};
  crypto_hash_sha256_init(&state);
  std::int64_t size = 0;
  auto rows = database.query("SELECT bytes FROM piece WHERE app=? AND ordinal=? ORDER BY n").bind(app).bind(part.ordinal);
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) break;
    const auto bytes = rows.view(0);
    size += std::ssize(bytes);
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  Digest digest{};
  crypto_hash_sha256_final(&state, digest.data());
  return size == part.size && digest == part.digest;
}

}  // namespace

Status write_parts(std::int64_t app, std::span<const SealedPart> parts, Database& into) {
  int ordinal = 0;
  for (const auto& part : parts)
    if (auto status = write_part(app, ++ordinal, part, into); !status) return status;
  return {};
}

Result<std::vector<Part>> list_parts(std::int64_t app, bool unsent, Database& database) {
  std::vector<Part> all;
  auto rows = database.query(unsent ? kUnsentParts : kAllParts).bind(app);
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return all;
    all.push_back({static_cast<int>(rows.integer(0)), rows.integer(1), array_of<Digest>(rows.view(2)), rows.integer(3) != 0});
  }
}

Result<std::string> read_piece(std::int64_t app, int ordinal, std::int64_t offset, Database& database) {
  constexpr std::int64_t kPiece = kPieceBytes;
  auto piece =
      database.query("SELECT bytes FROM piece WHERE app=? AND ordinal=? AND n=?").bind(app).bind(ordinal).bind(offset / kPiece);
  const auto found = piece.step();
  if (!found) return found.error();
  if (!*found) return std::string();
  const auto bytes = piece.view(0);
  return std::string(bytes.substr(std::min(bytes.size(), static_cast<std::size_t>(offset % kPiece))));
}

Result<bool> parts_are_sound(std::int64_t app, Database& database) {
  const auto parts = list_parts(app, false, database);
  if (!parts) return parts.error();
  for (const auto& part : *parts) {
    const auto sound = is_sound(app, part, database);
    if (!sound || !*sound) return sound;
  }
  return true;
}

Status erase_parts(std::int64_t app, Database& database) {
  auto status = database.query("DELETE FROM piece WHERE app=?").bind(app).run();
  return status ? database.query("DELETE FROM part WHERE app=?").bind(app).run() : status;
}

std::vector<SealedPart> salvage_parts(std::int64_t app, std::int64_t expected, Database& from) {
  std::vector<SealedPart> found(static_cast<std::size_t>(std::clamp<std::int64_t>(expected, 0, kMostAttachments)));
  for (int ordinal = 1; ordinal <= static_cast<int>(kMostAttachments); ++ordinal) {
    SealedPart part;
    {
      auto row = from.query("SELECT sha256 FROM part WHERE app=? AND ordinal=?").bind(app).bind(ordinal);
      const auto there = row.step();
      if (!there || !*there) continue;
      part.digest = array_of<Digest>(row.view(0));
    }
    for (auto piece = read_piece(app, ordinal, 0, from); piece && !piece->empty();
         piece = read_piece(app, ordinal, std::ssize(part.bytes), from))
      part.bytes += *piece;
    found.resize(std::max(found.size(), static_cast<std::size_t>(ordinal)));
    found[static_cast<std::size_t>(ordinal) - 1] = std::move(part);
  }
  return found;
}

}  // namespace offline_cache
