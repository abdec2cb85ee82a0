#include <fmt/format.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/random.h"
#include "base/standard_streams.h"
#include "gateway/app/commands.h"
#include "gateway/app/event_lines.h"
#include "gateway/app/stop_signal.h"
#include "gateway/http_server.h"
#include "gateway/platform.h"
#include "gateway/progress_catch_up.h"

namespace gateway {
namespace {

// Tells the port as long as it is true.
class PortFile {
 public:
  explicit PortFile(std::filesystem::path file) : file_(std::move(file)) { remove(); }
  ~PortFile() { remove(); }
  PortFile(const PortFile&) = delete;
  PortFile& operator=(const PortFile&) = delete;
  base::Status write(std::uint16_t port) const {
    if (file_.empty()) return {};
    return base::write_file(file_, fmt::format("{}\n", port));
  }

 private:
  void remove() const {
    std::error_code ignored;
    if (!file_.empty()) std::filesystem::remove(file_, ignored);
  }
  std::filesystem::path file_;
};

// Signed once: the same state of the catalogue is the same bytes after every restart.
base::Result<std::string> sign_catalogue(const Catalogue& catalogue, const OfficeKeys& keys, const AnswerKey& answer_key,
                                         std::int64_t version, ApplicationStore& store) {
  auto since = store.catalogue_since(version);
  if (!since) return since.error();
  return signed_catalogue(catalogue.manifest(keys, version, expiry_of(*since)), answer_key);
}

base::Status serve_with(Platform& platform, const ServeOptions& options, const StopSignal& stop) {
  auto listener = Listener::open(options.listen);
  if (!listener) return listener.error();
  std::optional<TlsIdentity> tls;
  if (!options.tls_certificate.empty()) {
    auto loaded = load_tls(options.tls_certificate, options.tls_key, options.client_ca);
    if (!loaded) return loaded.error();
    tls = *std::move(loaded);
  }
  HttpLimits limits;
  limits.spool = options.data;
  auto server = HttpServer::start(
      *std::move(listener), [&](const Request& request) { return answer(platform, request); }, platform.clock, limits,
      std::move(tls));
  if (!server) return server.error();
  const PortFile port_file(options.port_file);
  if (auto written = port_file.write(server->port()); !written) return written;
  tell_listening(server->port());
  base::log::info("listening on {}, port {}", options.listen, server->port());
  auto served = server->run(stop.descriptor());
  base::log::info("stopped");
  return served;
}

DeviceList device_list(const ServeOptions& options) {
  if (!options.devices.empty()) return DeviceList(options.devices);
  std::error_code error;
  const auto usual = options.data / "devices";
  return std::filesystem::is_directory(usual, error) ? DeviceList(usual) : DeviceList::anyone();
}

}  // namespace

base::Status serve(const ServeOptions& options) {
  base::keep_standard_streams();
  const StopSignal stop;
  if (stop.descriptor() < 0) return base::Error{base::Failure::internal, "signals cannot be watched"};
  if (auto made = base::make_folder(options.data); !made) return made;
  const auto keys = load_office_keys(options.data, options.office_key);
  if (!keys) return keys.error();
  const auto answer_key = AnswerKey::load_or_create(answer_key_file(options.data));
  if (!answer_key) return answer_key.error();
  const DeviceList devices = device_list(options);
  if (!devices.checks()) base::log::warning("no folder of devices: the signatures of terminals are not checked");
  const auto catalogue = load_catalogue(options.services, options.notices);
  if (!catalogue) return catalogue.error();
  auto store = ApplicationStore::open(store_file(options.data));
  if (!store) return store.error();
  const base::SystemClock clock;
  const auto version = store->catalogue_version(catalogue->content_digest(*keys), clock.wall());
  if (!version) return version.error();
  auto document = sign_catalogue(*catalogue, *keys, *answer_key, *version, *store);
  if (!document) return document.error();
  base::SystemRandom random;
  TicketStore tickets(store->database());
  TerminalStore terminals(store->database());
  const auto applicant_key = ApplicantKey::load_or_create(options.data / "applicant.key");
  if (!applicant_key) return applicant_key.error();
  auto progress = ProgressStore::open(progress_file(options.data), ProgressStore::Writer::server);
  if (!progress) return progress.error();
  if (auto known = catch_up(*progress, *store, *keys, *applicant_key); !known) return known;
  QueryLimit query_limit;
  Platform platform{*keys,  *answer_key, devices,      *catalogue, *version,       *std::move(document),
                    *store, tickets,     terminals,    *progress,  *applicant_key, query_limit,
                    clock,  random,      tell_received};
  return serve_with(platform, options, stop);
}

}  // namespace gateway
