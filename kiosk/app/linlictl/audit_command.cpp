// linlictl audit verify: is the record of what this machine did whole, and if not, from where on?
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "kiosk/app/linlictl/subcommands.h"
#include "kiosk/configuration.h"
#include "offline_cache/audit_log.h"

namespace linlictl {
namespace {

using nlohmann::json;
using offline_cache::AuditReport;

struct AuditWish {
  std::filesystem::path folder;   // empty: of the configured terminal
  std::vector<std::string> keys;  // hex; none: signatures are not checked
  std::string head;               // "CHAIN:RECORD:HASH", as the platform has it
  bool json = false;
};

int fail(std::string_view why) {
  std::fputs(fmt::format("linlictl: {}\n", why).c_str(), stderr);
  return kImpossible;
}

std::optional<offline_cache::AuditHead> head_of(const std::string& text) {
  const auto first = text.find(':'), second = text.rfind(':');
  if (first == text.npos || first == second) return std::nullopt;
  const auto hash = base::from_hex(text.substr(second + 1));
  offline_cache::AuditHead head{text.substr(0, first), std::atoll(text.c_str() + first + 1), {}};
  if (!hash || hash->size() != head.hash.size() || head.record < 1) return std::nullopt;
  std::copy(hash->begin(), hash->end(), head.hash.begin());
  return head;
}

std::string in_words(const AuditReport& report) {
  std::string text =
      fmt::format("terminal {}, chain {}\nrecords {} to {}, {} checkpoints, signed up to record {}\n", report.terminal,
                  report.chain, report.first, report.last, report.checkpoints, report.signed_up_to);
  if (!report.fault && report.signed_up_to < report.first)
    return text + "The chain is whole; no signature was checked (--key).\n";
  if (!report.fault) return text + "The log is whole.\n";
  const auto& fault = *report.fault;
  text += fmt::format("NOT WHOLE from record {} on: {}.\n", fault.record, fault.what);
  return fault.file.empty() ? text : text + fmt::format("{}, line {}\n", fault.file, fault.line);
}

json in_json(const AuditReport& report) {
  json object{{"terminal", report.terminal},
              {"chain", report.chain},
              {"first", report.first},
              {"last", report.last},
              {"signed_up_to", report.signed_up_to},
              {"checkpoints", report.checkpoints},
              {"head", base::to_hex(report.head)},
              {"whole", !report.fault}};
  if (report.fault)
    object["fault"] = {{"record", report.fault->record},
                       {"file", report.fault->file},
                       {"line", report.fault->line},
                       {"what", report.fault->what}};
  return object;
}

int verify(const AuditWish& wish, const Terminal& terminal) {
  auto folder = wish.folder;
  if (folder.empty()) {
    const auto configuration = kiosk::load_configuration(terminal.configuration);
    if (!configuration) return fail(configuration.error().detail);
    folder = configuration->data / "audit";
  }
  offline_cache::AuditTrust trust{wish.keys, std::nullopt};
  if (!wish.head.empty()) {
    trust.known_head = head_of(wish.head);
    if (!trust.known_head) return fail("--head is CHAIN:RECORD:HASH, as the platform has it");
  }
  const auto report = offline_cache::verify_audit_log(folder, trust);
  if (!report) return fail(report.error().detail);
  std::fputs((wish.json ? in_json(*report).dump(2) + '\n' : in_words(*report)).c_str(), stdout);
  return report->fault ? kTrouble : kWell;
}

}  // namespace

void add_audit_command(CLI::App& program, const Terminal& terminal, int& exit_code) {
  auto* audit = program.add_subcommand("audit", "the record of what this machine did");
  audit->require_subcommand(1);
  auto wish = std::make_shared<AuditWish>();
  auto* check = audit->add_subcommand("verify", "whether it is whole; names the first record that was altered");
  check->add_option("folder", wish->folder, "folder of the log; default: of the configured terminal");
  check->add_option("--key", wish->keys,
                    "public key that may have signed, 64 hex digits; without one, signatures are not checked");
  check->add_option("--head", wish->head, "CHAIN:RECORD:HASH that the platform was told last: shows a log that was cut off");
  check->add_flag("--json", wish->json, "as JSON");
  check->callback([wish, &terminal, &exit_code] { exit_code = verify(*wish, terminal); });
}

}  // namespace linlictl
