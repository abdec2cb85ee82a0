#include <sodium.h>

#include <fmt/format.h>

#include "base/hex.h"
#include "offline_cache/audit/audit_line.h"

namespace offline_cache {
namespace {

std::string key_id_of(const std::vector<std::uint8_t>& key) {
  const std::string bytes(key.begin(), key.end());
  return base::to_hex(sha256(bytes)).substr(0, 16);
}

enum class Signature : std::uint8_t { good, bad, unknown_key };

Signature check(const AuditTrust& trust, const AuditLine& line, const std::string& text) {
  const auto signature = base::from_hex(line.field("signature"));
  if (!signature || signature->size() != crypto_sign_BYTES) return Signature::bad;
  for (const auto& hex : trust.public_keys) {
    const auto key = base::from_hex(hex);
    if (!key || key->size() != crypto_sign_PUBLICKEYBYTES || key_id_of(*key) != line.field("key")) continue;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    return crypto_sign_verify_detached(signature->data(), bytes, text.size(), key->data()) == 0 ? Signature::good
                                                                                                : Signature::bad;
  }
  return Signature::unknown_key;
}

}  // namespace

void AuditWalk::fault(std::int64_t record, const std::string& file, int line, std::string what) {
  if (!report_.fault) report_.fault = AuditFault{record, file, line, std::move(what)};
}

void AuditWalk::begin(const std::string& name, std::string_view line) {
  const auto head = read_file_head(line);
  const std::int64_t next = report_.last + 1;
  if (!head) return fault(begun_ ? next : 1, name, 1, "the file's first line is damaged");
  if (!begun_) {
    begun_ = true;
    report_.terminal = head->terminal;
    report_.chain = head->chain;
    report_.first = head->from;
    report_.last = head->from - 1;
    report_.signed_up_to = head->from - 1;
    hash_ = first_after_ = report_.head = head->after;
    first_file_ = name;
    beginning_vouched_ = head->from == 1;
    if (head->from == 1 && head->after != genesis(head->terminal, head->chain))
      fault(1, name, 1, "the chain does not begin where this terminal's chain begins");
    return;
  }
  if (head->chain != report_.chain || head->terminal != report_.terminal)
    return fault(next, name, 1, "the file belongs to another chain");
  if (head->from > next) return fault(next, name, 1, fmt::format("records {} to {} are missing", next, head->from - 1));
  if (head->from != next || head->after != hash_) fault(head->from, name, 1, "the file does not follow the one before it");
}

void AuditWalk::checkpoint(const std::string& name, int number, const AuditLine& line) {
  // The hash before this record is what was signed.
  const auto state = check(trust_, line, checkpoint_text(report_.chain, line.number - 1, hash_));
  if (state == Signature::bad)
    return fault(report_.signed_up_to + 1, name, number,
                 fmt::format("the signature of record {} does not fit: a record since {} was replaced", line.number,
                             report_.signed_up_to + 1));
  ++report_.checkpoints;
  if (state == Signature::unknown_key && !trust_.public_keys.empty())
    return fault(report_.signed_up_to + 1, name, number,
                 fmt::format("record {} is signed by a key that is not trusted", line.number));
  if (state != Signature::good) return;
  report_.signed_up_to = line.number - 1;
  if (vouch_pending_) beginning_vouched_ = true;
}

void AuditWalk::line(const std::string& name, int number, std::string_view text) {
  const std::int64_t next = report_.last + 1;
  const auto line = read_audit_line(text);
  if (!line) return fault(next, name, number, fmt::format("record {} is damaged", next));
  if (line->number > next)
    return fault(next, name, number, fmt::format("record {} is missing; record {} stands in its place", next, line->number));
  if (line->number != next)
    return fault(next, name, number, fmt::format("record {} stands where {} belongs", line->number, next));
  const Digest hash = chained(hash_, line->hashed);
  if (hash != line->hash) return fault(next, name, number, fmt::format("record {} was altered", next));
  if (line->event == entry(AuditEvent::checkpoint).name) checkpoint(name, number, *line);
  if (line->event == entry(AuditEvent::truncated).name && line->field("first") == std::to_string(report_.first) &&
      line->field("after") == base::to_hex(first_after_))
    vouch_pending_ = true;
  hash_ = report_.head = hash;
  report_.last = next;
  last_time_ = line->time;
  if (!trust_.known_head || trust_.known_head->record != next) return;
  reached_head_ = true;
  if (trust_.known_head->hash != hash || trust_.known_head->chain != report_.chain)
    fault(next, name, number, fmt::format("record {} is not the one the platform was told of", next));
}

void AuditWalk::file(const std::string& name, std::string_view bytes, bool newest) {
  int number = 0;
  while (!bytes.empty() && !report_.fault) {
    const auto end = bytes.find('\n');
    ++number;
    if (end == bytes.npos) {
      if (newest)
        torn_ = bytes.size();
      else
        fault(report_.last + 1, name, number, "the file's last line is cut off");
      return;
    }
    const auto text = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    number == 1 ? begin(name, text) : line(name, number, text);
  }
}

AuditReport AuditWalk::finish() {
  if (!beginning_vouched_ && (vouch_pending_ && trust_.public_keys.empty())) beginning_vouched_ = true;
  if (begun_ && !beginning_vouched_)
    fault(1, first_file_, 1, fmt::format("records 1 to {} are missing and nothing vouches for it", report_.first - 1));
  if (trust_.known_head && !reached_head_ && trust_.known_head->record > report_.last)
    fault(report_.last + 1, {}, 0,
          fmt::format("the log ends at record {}, but the platform was told of record {}", report_.last,
                      trust_.known_head->record));
  if (trust_.known_head && trust_.known_head->chain != report_.chain)
    fault(report_.first, first_file_, 1, "the platform knows another chain of this terminal");
  return report_;
}

}  // namespace offline_cache
