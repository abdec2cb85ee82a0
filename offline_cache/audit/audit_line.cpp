#include "offline_cache/audit/audit_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/hex.h"

namespace offline_cache {
namespace {

constexpr std::size_t kLongestTerminal = 32;
constexpr std::size_t kChainDigits = 32;

std::optional<Digest> digest_of(std::string_view hex) {
  Digest digest{};
  const auto bytes = base::from_hex(hex);
  if (!bytes || bytes->size() != digest.size() || base::to_hex(*bytes) != hex) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

// Takes the text up to the next blank.
std::string_view word(std::string_view& rest) {
  const auto blank = rest.find(' ');
  const auto taken = rest.substr(0, blank);
  rest.remove_prefix(blank == rest.npos ? rest.size() : blank + 1);
  return taken;
}

std::string_view value_of(std::string_view word, std::string_view name) {
  if (!word.starts_with(name) || word.size() <= name.size() || word[name.size()] != '=') return {};
  return word.substr(name.size() + 1);
}

}  // namespace

std::string written(const AuditFileHead& head) {
  return fmt::format("linli-audit 1 terminal={} chain={} from={} after={}", head.terminal, head.chain, head.from,
                     base::to_hex(head.after));
}

std::optional<AuditFileHead> read_file_head(std::string_view line) {
  AuditFileHead head;
  auto rest = line;
  if (word(rest) != "linli-audit" || word(rest) != "1") return std::nullopt;
  head.terminal = value_of(word(rest), "terminal");
  head.chain = value_of(word(rest), "chain");
  const auto from = number_of(value_of(word(rest), "from"));
  const auto after = digest_of(value_of(word(rest), "after"));
  if (!from || !after || head.terminal.size() > kLongestTerminal || head.chain.size() != kChainDigits) return std::nullopt;
  head.from = *from;
  head.after = *after;
  if (written(head) != line) return std::nullopt;
  return head;
}

std::string_view AuditLine::field(std::string_view name) const {
  for (std::string_view rest = hashed; !rest.empty();)
    if (const auto value = value_of(word(rest), name); !value.empty()) return value;
  return {};
}

std::optional<AuditLine> read_audit_line(std::string_view line) {
  const auto last = line.rfind(' ');
  if (last == line.npos || line.size() > kLongestAuditLine) return std::nullopt;
  const auto hash = digest_of(line.substr(last + 1));
  AuditLine read;
  read.hashed = line.substr(0, last);
  auto rest = read.hashed;
  const auto number = number_of(word(rest));
  read.time = word(rest);
  const auto when = word(rest);
  read.event = word(rest);
  if (!hash || !number || read.time.empty() || when.empty() || read.event.empty()) return std::nullopt;
  read.number = *number;
  read.hash = *hash;
  return read;
}

std::string utc_text(base::WallTime at) {
  using namespace std::chrono;
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(floor<milliseconds>(at - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

Digest genesis(std::string_view terminal, std::string_view chain) {
  return sha256(fmt::format("linli-audit 1 terminal={} chain={}", terminal, chain));
}

Digest chained(const Digest& before, std::string_view hashed) {
  std::string bytes(before.begin(), before.end());
  bytes += hashed;
  return sha256(bytes);
}

std::string checkpoint_text(std::string_view chain, std::int64_t record, const Digest& hash) {
  return fmt::format("linli-audit-checkpoint 1\n{}\n{}\n{}\n", chain, record, base::to_hex(hash));
}

}  // namespace offline_cache
