#include "offline_cache/export_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/failpoint.h"
#include "base/file_descriptor.h"
#include "base/hex.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr std::string_view kFirstLine = "linli-export 1\n";

base::Error cannot_write(std::string_view detail) { return {Failure::save_io_error, fmt::format("export: {}", detail)}; }
base::Error damaged(std::string_view detail) { return {Failure::save_store_corrupt, fmt::format("export: {}", detail)}; }

// Counts what it writes into the digest of the end line.
class Writer {
 public:
  explicit Writer(const fs::path& file) : file_(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    crypto_hash_sha256_init(&state_);
  }
  bool write(std::string_view bytes) {
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return put(bytes);
  }
  bool end(int records) {
    Digest digest{};
    crypto_hash_sha256_final(&state_, digest.data());
    return put(fmt::format("end {} {}\n", records, base::to_hex(digest))) && fsync(file_.get()) == 0;
  }

 private:
  bool put(std::string_view bytes) {
    while (file_.valid() && !bytes.empty()) {
      const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return file_.valid();
  }

  base::FileDescriptor file_;
  crypto_hash_sha256_state state_{};
};

bool write_record(Writer& writer, const Envelope& envelope) {
  return writer.write(fmt::format("record {} {} {} {}\n", envelope.id.text(), base::to_hex(envelope.plaintext_digest),
                                  base::to_hex(envelope.digest), envelope.bytes.size())) &&
         writer.write(envelope.bytes) && writer.write("\n");
}

// save_io_error also when the file cannot be written.
base::Status write_parts(Outbox& outbox, const Listed& row, Writer& writer, Exported& exported) {
  const auto parts = outbox.parts(row.row);
  if (!parts) return parts.error();
  for (const Part& part : *parts) {
    bool written =
        writer.write(fmt::format("part {} {} {} {}\n", row.stored.id.text(), part.ordinal, base::to_hex(part.digest), part.size));
    for (std::int64_t at = 0; written && at < part.size;) {
      auto piece = outbox.read_part(row.row, part.ordinal, at);
      if (!piece) return piece.error();
      // A damaged one keeps its length, so that what stands behind it can be read; its digest tells.
      if (piece->empty()) piece->assign(kPieceBytes, '\0');
      piece->resize(std::min(piece->size(), static_cast<std::size_t>(part.size - at)));
      at += std::ssize(*piece);
      written = writer.write(*piece);
    }
    if (!written || !writer.write("\n")) return cannot_write("no room, or the stick was pulled");
    ++exported.attachments;
    exported.attachment_bytes += part.size;
  }
  return {};
}

base::Result<Exported> write_rows(Outbox& outbox, Writer& writer) {
  Exported exported;
  std::int64_t last = 0;
  if (!writer.write(kFirstLine)) return cannot_write("the file cannot be written");
  for (;;) {
    const auto rows = outbox.list(std::nullopt, last, kRowsExportedAtOnce);
    if (!rows) return rows.error();
    if (rows->empty()) break;
    for (const Listed& row : *rows) {
      last = row.row;
      if (!has_payload(row.stored.state)) continue;
      const auto envelope = outbox.envelope(row.row);
      if (!envelope) return envelope.error();
      if (!*envelope) continue;
      if (auto parts = write_parts(outbox, row, writer, exported); !parts) return parts.error();
      if (!write_record(writer, **envelope)) return cannot_write("no room, or the stick was pulled");
      LINLI_FAILPOINT("export-record-written");
      ++exported.records;
    }
  }
  if (!writer.end(exported.records)) return cannot_write("no room, or the stick was pulled");
  return exported;
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

base::Result<Exported> export_queue(Outbox& outbox, const fs::path& file) {
  const fs::path partial = file.string() + ".partial";
  std::error_code error;
  auto exported = [&] {
    Writer writer(partial);
    return write_rows(outbox, writer);
  }();
  if (exported) {
    LINLI_CRASHPOINT("export-written");
    fs::rename(partial, file, error);
    if (!error) return exported;
    exported = cannot_write(error.message());
  }
  fs::remove(partial, error);
  return exported;
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
