// The attachments in the office's store; the rest of the class is in application_store.cpp.
#include "gateway/application_store.h"
#include "gateway/timestamp.h"

namespace gateway {
namespace {

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

base::Result<std::optional<StoredPart>> ApplicationStore::find_part(std::string_view application, const Digest& digest) {
  auto asked = database_.prepare("SELECT received, part, length(bytes) FROM part WHERE application = ? AND sha256 = ?");
  if (!asked) return asked.error();
  const auto row = asked->bind(1, application).bind_blob(2, digest).step();
  if (!row) return row.error();
  if (!*row) return std::optional<StoredPart>();
  return std::optional(StoredPart{asked->text(0), static_cast<int>(asked->number(1)), asked->number(2)});
}

base::Result<std::int64_t> ApplicationStore::count_parts(std::string_view application) {
  auto asked = database_.prepare("SELECT count(*) FROM part WHERE application = ?");
  if (!asked) return asked.error();
  const auto row = asked->bind(1, application).step();
  if (!row) return row.error();
  return asked->number(0);
}

base::Result<StoredPart> ApplicationStore::add_part(std::string_view application, int ordinal, const Digest& digest,
                                                    std::string_view bytes, base::WallTime now) {
  auto insert = database_.prepare("INSERT INTO part(application, sha256, part, received, bytes) VALUES(?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  const std::string received = to_timestamp(now);
  auto inserted = insert->bind(1, application)
                      .bind_blob(2, digest)
                      .bind(3, std::int64_t{ordinal})
                      .bind(4, received)
                      .bind_blob(5, as_bytes(bytes))
                      .run();
  if (!inserted) return inserted.error();
  return StoredPart{received, ordinal, std::ssize(bytes)};
}

base::Status ApplicationStore::forget_stray_parts(base::WallTime now) {
  if (forgot_ && std::chrono::abs(now - *forgot_) < std::chrono::days{1}) return {};
  auto stray = database_.prepare(
      "DELETE FROM part WHERE received < ? AND NOT EXISTS(SELECT 1 FROM application WHERE application.id = part.application)");
  if (!stray) return stray.error();
  auto forgotten = stray->bind(1, to_timestamp(now - kKeptWithoutApplication)).run();
  if (forgotten) forgot_ = now;
  return forgotten;
}

base::Result<std::string> ApplicationStore::part_bytes(std::string_view application, const Digest& digest) {
  auto asked = database_.prepare("SELECT bytes FROM part WHERE application = ? AND sha256 = ?");
  if (!asked) return asked.error();
  const auto row = asked->bind(1, application).bind_blob(2, digest).step();
  if (!row) return row.error();
  if (!*row) return base::Error{base::Failure::save_store_corrupt, "an attachment is missing"};
  return asked->blob(0);
}

}  // namespace gateway
