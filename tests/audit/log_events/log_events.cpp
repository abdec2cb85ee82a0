// Prints docs/log_events.md from the table of events.
#include <cstdio>
#include <string>

#include "offline_cache/audit_event.h"

namespace {

using namespace offline_cache;

std::string_view name_of(AuditKind kind) {
  switch (kind) {
    case AuditKind::count:
      return "count";
    case AuditKind::word:
      return "word";
    case AuditKind::code:
      return "failure code";
    case AuditKind::id:
      return "id";
    case AuditKind::proof:
      return "proof";
    case AuditKind::none:
      break;
  }
  return "";
}

constexpr const char* kHead = R"(# Events of the audit log

Written by the program from `offline_cache/audit/audit_event.cpp` (`cmake --build build/dev --target log_events_page`).
[operating.md](operating.md) says how to read and verify a log; the format of a line stands in `offline_cache/audit_log.h`.

A value is one of:

| kind | what it can be |
| --- | --- |
| count | a whole number of at most ten digits, so that no ID or telephone number fits |
| word | begins with a letter; a-z, 0-9 and -, at most 40 characters and 4 digits; made by us or the hall's integrator |
| failure code | one of [failure_codes.md](failure_codes.md) |
| id | the UUIDv7 of an application or a ticket |
| proof | hex of a hash or a signature; only the log itself writes these |

Nothing else can be written: there is no place for a text, and so none for a name. `-` stands for a value that is missing.

| event | what happened | values |
| --- | --- | --- |
)";

}  // namespace

int main() {
  std::string page = kHead;
  for (const AuditEventEntry& entry : all_audit_events()) {
    std::string values;
    for (const AuditField& field : entry.fields) {
      if (field.kind == AuditKind::none) break;
      values += (values.empty() ? "`" : "<br>`") + std::string(field.name) + "` (" + std::string(name_of(field.kind)) +
                "): " + std::string(field.meaning);
    }
    page += "| `" + std::string(entry.name) + "` | " + std::string(entry.meaning) + " | " + values + " |\n";
  }
  std::fputs(page.c_str(), stdout);
}
