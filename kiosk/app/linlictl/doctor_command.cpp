// linlictl doctor: is this machine fit to serve, and if not, what is to be done? One table of checks.
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "kiosk/app/asset_paths.h"
#include "kiosk/app/courier_configuration.h"
#include "kiosk/app/linlictl/connected.h"
#include "kiosk/app/linlictl/device_lines.h"
#include "kiosk/app/linlictl/subcommands.h"
#include "kiosk/configuration.h"
#include "offline_cache/audit_log.h"
#include "offline_cache/courier/clock_quality.h"
#include "offline_cache/http/certificate.h"
#include "offline_cache/http/http_client.h"
#include "offline_cache/registrar.h"
#include "offline_cache/sealing/device_key.h"
#include "offline_cache/sqlite/open_outbox.h"
#include "offline_cache/sqlite/store_check.h"
#include "typeset/missing_fonts.h"

namespace linlictl {
namespace {

using nlohmann::json;
using std::chrono::days;

constexpr std::int64_t kLeastRoom = 64LL << 20;  // bytes; below it nothing can be relied on
constexpr days kCertificateWarning{30};
constexpr std::chrono::milliseconds kDoctorPatience{10'000};  // for the kiosk, and for the platform
constexpr std::chrono::year_month_day kOldestClock{std::chrono::year{2026} / 1 / 1};

enum class Grade : std::uint8_t { ok, warn, fail };
constexpr std::array<std::string_view, 3> kGrades{"ok", "warn", "fail"};

struct Finding {
  Grade grade = Grade::ok;
  std::string found, advice;  // what to do; empty when all is well
};

struct Patient {
  const Terminal& terminal;
  kiosk::Configuration configuration;
  bool running = false;
  std::string user;  // whom the devices have to obey
};

Finding failed(const base::Error& error) { return {Grade::fail, error.detail, std::string(base::entry(error.failure).staff)}; }

std::string megabytes(std::int64_t bytes) { return fmt::format("{} MB free", bytes / 1'000'000); }

Finding disk(const Patient& patient) {
  auto folder = patient.configuration.data;
  std::error_code error;
  while (!std::filesystem::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  struct statvfs room {};
  if (statvfs(folder.c_str(), &room) != 0) return {Grade::fail, folder.string() + " cannot be looked at", "Check the disk."};
  const auto free = static_cast<std::int64_t>(room.f_bavail * room.f_frsize);
  if ((room.f_flag & ST_RDONLY) != 0) return {Grade::fail, "the disk is read-only", "Check the disk; mount it for writing."};
  if (free < kLeastRoom) return {Grade::fail, megabytes(free), "Make room: no application can be saved."};
  if (free < offline_cache::StoreLimits().quota_bytes)
    return {Grade::warn, megabytes(free), "Make room: the queue may need 256 MB."};
  return {Grade::ok, megabytes(free), {}};
}

// Seconds that this machine's clock is ahead of the platform's, when a kiosk runs that has asked it.
std::optional<std::int64_t> clock_ahead(const Patient& patient) {
  auto kiosk = patient.running ? patient.terminal.running_kiosk() : std::nullopt;
  const auto told = kiosk ? kiosk->ask({{"request", "clock"}}, kDoctorPatience)
                          : base::Result<json>(base::Error{base::Failure::internal, "nobody to ask"});
  if (!told || !told->contains("ahead_s")) return std::nullopt;
  return told->value("ahead_s", std::int64_t{0});
}

Finding clock(const Patient& patient) {
  constexpr const char* kSetIt = "Set the clock, then switch time synchronisation on.";
  const auto now = std::chrono::system_clock::now();
  if (now < std::chrono::sys_days(kOldestClock)) return {Grade::fail, "it is in the past", kSetIt};
  const auto ahead = clock_ahead(patient);
  if (ahead && std::chrono::abs(std::chrono::seconds(*ahead)) >= offline_cache::kClocksApart)
    return {Grade::fail, fmt::format("it is {} min {} the platform's", std::abs(*ahead) / 60, *ahead > 0 ? "ahead of" : "behind"),
            kSetIt};
  if (!offline_cache::clock_is_synchronised())
    return {Grade::warn, "nothing keeps it right", "Switch time synchronisation on (systemd-timesyncd or chrony)."};
  return {Grade::ok, "synchronised", {}};
}

Finding keys(const Patient& patient) {
  const auto& platform = patient.configuration.platform;
  if (patient.configuration.office_key.empty())
    return {Grade::fail, "no office_key",
            "Put the office's public key into [platform] office_key; `linli-gateway keys` prints it."};
  const auto place = platform.device_key.empty()
                         ? offline_cache::DeviceKey::usual_place(patient.configuration.data, platform.suite)
                         : platform.device_key;
  if (access(place.c_str(), F_OK) != 0)
    return {Grade::warn, "no device key yet", "Run `linli-kiosk identity`, and give the office what it prints."};
  const auto key = offline_cache::DeviceKey::load_or_create(place, platform.suite);
  return key ? Finding{Grade::ok, "device key " + key->id(), {}} : failed(key.error());
}

Finding one_certificate(const std::filesystem::path& file) {
  const auto end = offline_cache::earliest_expiry(file);
  if (!end) return failed(end.error());
  const auto left = std::chrono::floor<days>(*end - std::chrono::system_clock::now());
  const auto name = file.filename().string();
  if (left < days{0}) return {Grade::fail, name + " has expired", "Renew it; if it should be good, look at the clock."};
  if (left < kCertificateWarning) return {Grade::warn, fmt::format("{} runs out in {} days", name, left.count()), "Renew it."};
  return {Grade::ok, fmt::format("{} good for {} days", name, left.count()), {}};
}

Finding certificates(const Patient& patient) {
  const auto& platform = patient.configuration.platform;
  struct stat status {};
  if (!platform.certificate_key.empty()) {
    if (stat(platform.certificate_key.c_str(), &status) != 0)
      return {Grade::fail, platform.certificate_key.string() + " cannot be read",
              "Put the key there, for the kiosk's user alone."};
    if ((status.st_mode & S_IRWXO) != 0)
      return {Grade::fail, "everybody may read " + platform.certificate_key.filename().string(),
              "chmod 0600 it, and renew key and certificate."};
  }
  Finding worst{Grade::ok, "none configured", {}};
  for (const auto& file : {platform.ca, platform.certificate}) {
    if (file.empty()) continue;
    if (auto finding = one_certificate(file); finding.grade >= worst.grade) worst = std::move(finding);
  }
  return worst;
}

Finding platform(const Patient& patient) {
  if (patient.configuration.platform_url.empty())
    return {Grade::warn, "none configured",
            "Applications wait here for ever: set [platform] url, or carry them by `linlictl queue export`."};
  offline_cache::HttpLimits limits;
  limits.total = kDoctorPatience;
  offline_cache::HttpClient client(limits, kiosk::courier_configuration(patient.configuration).trust);
  offline_cache::HttpRequest request;
  request.url = patient.configuration.platform_url + "/healthz";
  client.start(std::move(request));
  std::optional<offline_cache::RawAnswer> answer;
  while (client.busy() && !answer) answer = client.wait(kDoctorPatience);
  if (!answer) return {Grade::fail, "no answer", std::string(base::entry(base::Failure::net_unreachable).staff)};
  const auto health = offline_cache::classify_health(*answer);
  if (std::holds_alternative<offline_cache::Healthy>(health)) return {Grade::ok, patient.configuration.platform_url, {}};
  const auto failure = std::visit(
      []<class Verdict>(const Verdict& verdict) {
        if constexpr (std::is_same_v<Verdict, offline_cache::Healthy>)
          return base::Failure::internal;
        else
          return verdict.failure;
      },
      health);
  return failed({failure, fmt::format("{} ({}, HTTP {}, curl {})", patient.configuration.platform_url, base::entry(failure).code,
                                      answer->http, answer->curl)});
}

// While a kiosk runs it owns the queue, and is asked.
Finding database(const Patient& patient) {
  if (patient.running) {
    auto kiosk = patient.terminal.running_kiosk();
    const auto queue = kiosk ? kiosk->ask({{"request", "queue"}}, kDoctorPatience)
                             : base::Result<json>(base::Error{base::Failure::internal, "the kiosk does not answer"});
    if (!queue) return {Grade::fail, queue.error().detail, "Restart the kiosk, then look again."};
    const auto counts = queue->value("counts", json::object());
    const int look = counts.value("HELD", 0) + counts.value("REJECTED", 0);
    if (look > 0)
      return {Grade::warn, fmt::format("{} application(s) need a person", look), "`linlictl queue` says which, and why."};
    return {Grade::ok, fmt::format("{} waiting", counts.value("QUEUED", 0) + counts.value("INFLIGHT", 0)), {}};
  }
  const auto sound = offline_cache::check_store(patient.configuration.data);
  if (!sound) return failed(sound.error());
  return {Grade::ok, *sound ? "sound" : "none yet", {}};
}

Finding audit(const Patient& patient) {
  const auto report = offline_cache::verify_audit_log(patient.configuration.data / "audit", {});
  if (!report) return {Grade::warn, "none yet", "The kiosk begins one when it starts."};
  if (report->fault)
    return {Grade::fail, fmt::format("not whole from record {} on: {}", report->fault->record, report->fault->what),
            std::string(base::entry(base::Failure::audit_damaged).staff)};
  return {Grade::ok, fmt::format("records {} to {} are whole", report->first, report->last), {}};
}

Finding devices(const Patient& patient) {
  const json connected = connected_devices(patient.user);
  if (const auto nodes = forbidden_nodes(connected); !nodes.empty())
    return {Grade::fail, fmt::format("{} may not open {}", patient.user, nodes),
            "`linlictl devices` says which rule is missing."};
  if (!patient.running) return {Grade::ok, fmt::format("{} connected, none forbidden", connected.size()), {}};
  auto kiosk = patient.terminal.running_kiosk();
  const auto rows = kiosk ? kiosk->ask({{"request", "devices"}}, kDoctorPatience)
                          : base::Result<json>(base::Error{base::Failure::internal, "the kiosk does not answer"});
  if (!rows) return {Grade::fail, rows.error().detail, "Restart the kiosk, then look again."};
  if (any_in_trouble(rows->value("devices", json::array())))
    return {Grade::fail, "a device needs attention", "`linlictl devices` names it, and says what to do."};
  return {Grade::ok, "all are well", {}};
}

Finding fonts(const Patient&) {
  const auto missing = typeset::missing_fonts(kiosk::installed_assets().fonts_conf().string());
  if (!missing) return failed(missing.error());
  if (missing->empty()) return {Grade::ok, "of all scripts", {}};
  return {Grade::warn, fmt::format("{}", fmt::join(*missing, "; ")),
          std::string(base::entry(base::Failure::font_glyph_missing).staff)};
}

struct Check {
  std::string_view name;
  Finding (*look)(const Patient&);
};
constexpr std::array kChecks{
    Check{"disk", disk},         Check{"clock", clock},       Check{"keys", keys},   Check{"certificates", certificates},
    Check{"platform", platform}, Check{"database", database}, Check{"audit", audit}, Check{"devices", devices},
    Check{"fonts", fonts}};

void tell(std::string_view name, const Finding& finding) {
  std::fputs(fmt::format("{:<4}  {:<13} {}\n", kGrades.at(static_cast<std::size_t>(finding.grade)), name, finding.found).c_str(),
             stdout);
  if (!finding.advice.empty()) std::fputs(fmt::format("      → {}\n", finding.advice).c_str(), stdout);
  std::fflush(stdout);
}

int examine(const Terminal& terminal, const std::string& user, bool as_json) {
  auto configuration = kiosk::load_configuration(terminal.configuration);
  json rows = json::array();
  Grade worst = Grade::ok;
  const auto note = [&](std::string_view name, const Finding& finding) {
    worst = std::max(worst, finding.grade);
    rows.push_back({{"check", name}, {"grade", kGrades.at(static_cast<std::size_t>(finding.grade))}, {"found", finding.found}});
    if (!finding.advice.empty()) rows.back()["advice"] = finding.advice;
    if (!as_json) tell(name, finding);
  };
  note("configuration", configuration ? Finding{Grade::ok, terminal.configuration.string(), {}} : failed(configuration.error()));
  if (configuration) {
    const Patient patient{terminal, *std::move(configuration), terminal.running_kiosk().has_value(), user};
    note("kiosk", {Grade::ok, patient.running ? "running" : "not running", {}});
    for (const Check& check : kChecks) note(check.name, check.look(patient));
  }
  if (as_json) std::fputs((rows.dump(2) + '\n').c_str(), stdout);
  return worst == Grade::fail ? kTrouble : kWell;
}

}  // namespace

void add_doctor_command(CLI::App& program, const Terminal& terminal, int& exit_code) {
  struct DoctorWish {
    bool json = false;
    std::string user = usual_user();
  };
  const auto wish = std::make_shared<DoctorWish>();
  auto* doctor = program.add_subcommand("doctor", "looks at everything this machine needs to serve, and says what to do");
  doctor->add_flag("--json", wish->json, "for programs: JSON instead of lines");
  doctor->add_option("--user", wish->user, "whose permissions: the account the kiosk runs as")->capture_default_str();
  doctor->footer("Each line is ok, warn or fail. Exit code: 0 nothing failed, 1 something failed.");
  doctor->callback([wish, &terminal, &exit_code] { exit_code = examine(terminal, wish->user, wish->json); });
}

}  // namespace linlictl
