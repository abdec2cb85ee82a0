// linli-unseal: opens envelopes with the office's private key, without a server.
#include <fmt/format.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hex.h"
#include "base/secret.h"
#include "gateway/durable_file.h"
#include "gateway/envelope.h"
#include "gateway/unseal/envelope_file.h"

namespace {

namespace fs = std::filesystem;
using namespace gateway;

struct Options {
  std::vector<fs::path> keys;
  fs::path devices;
  fs::path out;
  fs::path file;
};

void say(const std::string& text) { std::fputs((text + "\n").c_str(), stderr); }

nlohmann::ordered_json describe(const OpenedEnvelope& opened, const Options& options) {
  auto parts = nlohmann::ordered_json::array();
  for (const auto& part : opened.parts)
    parts.push_back(
        {{"field", part.field}, {"media_type", part.media_type}, {"bytes", part.bytes}, {"sha256", base::to_hex(part.digest)}});
  return {{"id", opened.id},
          {"terminal", opened.terminal},
          {"created", opened.created},
          {"digest", to_field(opened.plaintext_digest)},
          {"signature", options.devices.empty() ? "not checked" : "holds"},
          {"parts", std::move(parts)},
          {"application", opened.application}};
}

bool deliver(const OpenedEnvelope& opened, const Options& options) {
  const std::string text = describe(opened, options).dump(options.out.empty() ? -1 : 2) + "\n";
  if (options.out.empty()) return std::fputs(text.c_str(), stdout) >= 0;
  const auto written = create_private_file(options.out / (opened.id + ".json"), text);
  if (!written) say("linli-unseal: " + written.error().detail);
  return written.ok();
}

// Nothing: it was found, belongs to this application and was delivered. Otherwise what is wrong with it.
std::string deliver_part(const OpenedEnvelope& application, int ordinal, const EnvelopeFile& file, const OfficeKeys& keys,
                         const DeviceList& devices, const Options& options) {
  const NamedPart& named = application.parts[static_cast<std::size_t>(ordinal) - 1];
  const auto found = file.parts.find(base::to_hex(named.digest));
  if (found == file.parts.end()) return "it is not in the file";
  auto part = open_part(found->second, keys, devices);
  if (!part) return fmt::format("{} ({})", part.error().detail, code_name(part.error().code));
  const bool fits = part->application == application.id && part->ordinal == ordinal && part->name == named;
  std::string complaint = fits ? "" : "it is another application's, or another part";
  if (fits && !options.out.empty()) {
    const auto name = fmt::format("{}.part{}.{}", application.id, ordinal, extension_of(named.media_type));
    if (const auto written = create_private_file(options.out / name, part->attachment); !written)
      complaint = written.error().detail;
  }
  base::wipe(part->attachment);
  return complaint;
}

int deliver_parts(const OpenedEnvelope& application, const EnvelopeFile& file, const OfficeKeys& keys, const DeviceList& devices,
                  const Options& options) {
  int failures = 0;
  for (int ordinal = 1; ordinal <= static_cast<int>(application.parts.size()); ++ordinal) {
    const auto complaint = deliver_part(application, ordinal, file, keys, devices, options);
    if (complaint.empty()) continue;
    say(fmt::format("{}, attachment {}: {}", application.id, ordinal, complaint));
    ++failures;
  }
  return failures;
}

// How many could not be opened and delivered.
int unseal(const fs::path& file, const OfficeKeys& keys, const Options& options) {
  const auto read = read_envelope_file(file);
  if (!read) {
    say("linli-unseal: " + read.error().detail);
    return 1;
  }
  const auto& envelopes = read->envelopes;
  const DeviceList devices = options.devices.empty() ? DeviceList::anyone() : DeviceList(options.devices);
  int failures = 0;
  if (!read->complaint.empty()) {
    say(fmt::format("{}: {}", file.string(), read->complaint));
    ++failures;
  }
  for (std::size_t i = 0; i < envelopes.size(); ++i) {
    const auto opened = open_envelope(envelopes[i], keys, devices);
    if (!opened)
      say(fmt::format("{}, envelope {}: {} ({})", file.string(), i + 1, opened.error().detail, code_name(opened.error().code)));
    if (!opened || !deliver(*opened, options)) {
      ++failures;
      continue;
    }
    failures += deliver_parts(*opened, *read, keys, devices, options);
  }
  return failures;
}

}  // namespace

int main(int count, char** arguments) {
  umask(S_IRWXG | S_IRWXO);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  if (sodium_init() < 0) return 1;
  CLI::App app(
      "Opens envelopes of Linli's kiosks, both suites, with the office's private key, and checks the attachments they name. "
      "Prints one JSON object for each: personal data.\n\nExit code: 0 all opened, 1 at least one could not be opened or has a "
      "wrong signature, 2 usage.");
  app.set_version_flag("--version", "linli-unseal " LINLI_VERSION);
  Options options;
  app.add_option_function<std::string>(
         "--key", [&options](const std::string& file) { options.keys.emplace_back(file); },
         "The office's key file, as linli-gateway keys makes it; repeat it for older keys")
      ->required()
      ->trigger_on_parse();
  app.add_option("--devices", options.devices, "Folder of TERMINAL.pub files; without it signatures are not checked");
  app.add_option("--out", options.out,
                 "Folder; write each application to ID.json and its attachments to ID.partN.jpg, mode 0600, "
                 "instead of printing it");
  app.add_option("FILE", options.file, "An envelope, or the export of a kiosk's queue")->required();
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) { return app.exit(error) == 0 ? 0 : 2; }

  OfficeKeys keys;
  for (const auto& file : options.keys) {
    auto key = OfficeKey::load(file);
    if (!key) {
      say("linli-unseal: " + key.error().detail);
      return 1;
    }
    keys.push_back(*std::move(key));
  }
  if (!options.out.empty())
    if (const auto made = base::make_folder(options.out); !made) {
      say("linli-unseal: " + made.error().detail);
      return 1;
    }
  return unseal(options.file, keys, options) == 0 && std::fflush(stdout) == 0 ? 0 : 1;
}
