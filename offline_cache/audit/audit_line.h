// The text of the log, without files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "offline_cache/audit_log.h"

namespace offline_cache {

struct AuditFileHead {
  std::string terminal, chain;
  std::int64_t from = 0;
  Digest after{};
};
std::string written(const AuditFileHead& head);  // without the line's end
std::optional<AuditFileHead> read_file_head(std::string_view line);

struct AuditLine {
  std::int64_t number = 0;
  std::string_view event;
  std::string_view hashed;  // what the hash covers
  Digest hash{};
  std::string_view time;  // "2026-11-23T01:41:02.123Z"
  // The field's value; empty when there is none of that name.
  std::string_view field(std::string_view name) const;
};
// Nothing when it has not the form of a line.
std::optional<AuditLine> read_audit_line(std::string_view line);

std::string utc_text(base::WallTime at);
Digest genesis(std::string_view terminal, std::string_view chain);
Digest chained(const Digest& before, std::string_view hashed);
// What a checkpoint signs.
std::string checkpoint_text(std::string_view chain, std::int64_t record, const Digest& hash);

// Walks a whole log, file after file, and stops at the first fault.
class AuditWalk {
 public:
  explicit AuditWalk(const AuditTrust& trust) : trust_(trust) {}
  // `newest`: an unfinished last line is no fault there; its length is told.
  void file(const std::string& name, std::string_view bytes, bool newest);
  // After the last file.
  AuditReport finish();
  const AuditReport& report() const { return report_; }
  std::size_t torn_bytes() const { return torn_; }
  std::string_view last_time() const { return last_time_; }

 private:
  void begin(const std::string& name, std::string_view line);
  void line(const std::string& name, int number, std::string_view line);
  void checkpoint(const std::string& name, int number, const AuditLine& line);
  void fault(std::int64_t record, const std::string& file, int line, std::string what);

  const AuditTrust& trust_;
  AuditReport report_;
  Digest hash_{};
  std::string first_file_;
  Digest first_after_{};
  bool begun_ = false, beginning_vouched_ = false, vouch_pending_ = false, reached_head_ = false;
  std::size_t torn_ = 0;
  std::string last_time_;
};

}  // namespace offline_cache
