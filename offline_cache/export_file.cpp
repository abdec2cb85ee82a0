#include "offline_cache/export_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <optional>
#include <utility>

#include "base/failpoint.h"
#include "base/files.h"
#include "base/hex.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr std::string_view kFirstLine = "linli-export 1\n";

base::Error cannot_write(std::string_view detail) { return {Failure::save_io_error, fmt::format("export: {}", detail)}; }
base::Error damaged(std::string_view detail) { return {Failure::save_store_corrupt, fmt::format("export: {}", detail)}; }

std::string record_text(const Envelope& envelope) {
  return fmt::format("record {} {} {} {}\n{}\n", envelope.id.text(), base::to_hex(envelope.plaintext_digest),
                     base::to_hex(envelope.digest), envelope.bytes.size(), envelope.bytes);
}

base::Status add_part(Outbox& outbox, const Listed& row, const Part& part, std::string& text) {
  text += fmt::format("part {} {} {} {}\n", row.stored.id.text(), part.ordinal, base::to_hex(part.digest), part.size);
  for (std::int64_t at = 0; at < part.size;) {
    auto piece = outbox.read_part(row.row, part.ordinal, at);
    if (!piece) return piece.error();
    // A damaged one keeps its length, so that what stands behind it can be read; its digest tells.
    if (piece->empty()) piece->assign(kPieceBytes, '\0');
    piece->resize(std::min(piece->size(), static_cast<std::size_t>(part.size - at)));
    at += std::ssize(*piece);
    text += *piece;
  }
  text += '\n';
  return {};
}

// Takes lines and lengths from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> line() {
    const auto end = rest_.substr(0, kLongestExportLine).find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  std::optional<std::string_view> bytes(std::size_t count) {
    if (rest_.size() <= count || rest_[count] != '\n') return std::nullopt;
    const auto found = rest_.substr(0, count);
    rest_.remove_prefix(count + 1);
    return found;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

std::string_view word(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto found = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return found;
}

std::optional<std::size_t> decimal(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  return value;
}

std::optional<Digest> digest(std::string_view text) {
  const auto bytes = base::from_hex(text);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size() || base::to_hex(*bytes) != text) return std::nullopt;
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

std::optional<ExportedRecord> record(std::string_view line, Reader& reader) {
  const auto text = word(line);
  const auto id = base::Uuid::parse(text);
  const auto plaintext = digest(word(line));
  const auto ciphertext = digest(word(line));
  const auto length = decimal(line);
  if (!id || id->text() != text || !plaintext || !ciphertext || !length) return std::nullopt;
  const auto bytes = reader.bytes(*length);
  if (!bytes || sha256(*bytes) != *ciphertext) return std::nullopt;
  return ExportedRecord{*id, *plaintext, *ciphertext, *bytes};
}

std::optional<ExportedPart> part(std::string_view line, Reader& reader) {
  const auto text = word(line);
  const auto id = base::Uuid::parse(text);
  const auto ordinal = decimal(word(line));
  const auto sha = digest(word(line));
  const auto length = decimal(line);
  if (!id || id->text() != text || !ordinal || *ordinal < 1 || *ordinal > kMostAttachments || !sha || !length)
    return std::nullopt;
  const auto bytes = reader.bytes(*length);
  if (!bytes || sha256(*bytes) != *sha) return std::nullopt;
  return ExportedPart{*id, static_cast<int>(*ordinal), *sha, *bytes};
}

}  // namespace

base::Result<std::string> ExportSource::next(Outbox& outbox) {
  for (;;) {
    if (at_ == rows_.size()) {
      auto listed = outbox.list(std::nullopt, last_, kRowsExportedAtOnce);
      if (!listed) return listed.error();
      if (listed->empty()) return std::string();
      rows_ = *std::move(listed);
      at_ = 0;
    }
    const Listed& row = rows_[at_++];
    last_ = row.row;
    if (!has_payload(row.stored.state)) continue;
    const auto envelope = outbox.envelope(row.row);
    if (!envelope) return envelope.error();
    if (!*envelope) continue;
    const auto parts = outbox.parts(row.row);
    if (!parts) return parts.error();
    std::string text;
    for (const Part& part : *parts) {
      if (auto added = add_part(outbox, row, part, text); !added) return added.error();
      ++exported_.attachments;
      exported_.attachment_bytes += part.size;
    }
    ++exported_.records;
    return text + record_text(**envelope);
  }
}

struct ExportFile::Digesting {
  Digesting() { crypto_hash_sha256_init(&state); }
  crypto_hash_sha256_state state{};
};

ExportFile::ExportFile(fs::path file)
    : file_(std::move(file)),
      partial_(file_.string() + ".partial"),
      descriptor_(open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)),
      digest_(std::make_unique<Digesting>()) {}

ExportFile::~ExportFile() {
  if (descriptor_.valid() && !partial_.empty()) unlink(partial_.c_str());
}

base::Status ExportFile::begin() {
  if (!descriptor_.valid()) return cannot_write("the file cannot be made");
  return std::exchange(begun_, true) ? base::Status() : add(kFirstLine);
}

base::Status ExportFile::add(std::string_view bytes) {
  crypto_hash_sha256_update(&digest_->state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return put(bytes);
}

base::Status ExportFile::put(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return cannot_write("no room, or the stick was pulled");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

base::Status ExportFile::write(std::string_view bytes) {
  if (auto begun = begin(); !begun) return begun;
  if (auto added = add(bytes); !added) return added;
  if (fdatasync(descriptor_.get()) != 0) return cannot_write("the stick was pulled");
  LINLI_FAILPOINT("export-record-written");
  return {};
}

base::Status ExportFile::finish(int records) {
  if (auto begun = begin(); !begun) return begun;
  Digest digest{};
  crypto_hash_sha256_final(&digest_->state, digest.data());
  if (auto ended = put(fmt::format("end {} {}\n", records, base::to_hex(digest))); !ended) return ended;
  if (fsync(descriptor_.get()) != 0) return cannot_write("the stick was pulled");
  LINLI_FAILPOINT("export-written");
  std::error_code error;
  fs::rename(partial_, file_, error);
  if (error) return cannot_write(error.message());
  partial_.clear();
  auto synced = base::sync_folder(file_.parent_path());
  return synced ? base::Status() : cannot_write(synced.error().detail);
}

base::Result<int> read_export(std::string_view text, const std::function<void(const ExportedRecord&)>& visit,
                              const std::function<void(const ExportedPart&)>& visit_part) {
  if (!text.starts_with(kFirstLine)) return damaged("this is not an export");
  Reader reader(text.substr(kFirstLine.size()));
  for (int records = 0;;) {
    const std::size_t before = text.size() - reader.rest().size();
    auto line = reader.line();
    if (!line) return damaged(fmt::format("it ends after {} records", records));
    const auto kind = word(*line);
    if (kind == "end") {
      const auto count = decimal(word(*line));
      if (count != static_cast<std::size_t>(records) || digest(*line) != sha256(text.substr(0, before)) || !reader.rest().empty())
        return damaged("the end does not fit");
      return records;
    }
    if (kind == "part") {
      const auto attachment = part(*line, reader);
      if (!attachment) return damaged(fmt::format("an attachment of record {} is damaged", records + 1));
      if (visit_part) visit_part(*attachment);
      continue;
    }
    const auto found = kind == "record" ? record(*line, reader) : std::nullopt;
    if (!found) return damaged(fmt::format("record {} is damaged", records + 1));
    visit(*found);
    ++records;
  }
}

}  // namespace offline_cache
