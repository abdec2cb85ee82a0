#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/remains.h"
#include "gateway/app/commands.h"
#include "gateway/opening.h"
#include "gateway/progress_store.h"

namespace {

// Files of the gateway are its owner's; a dying process leaves no memory image behind.
void settle_in() {
  umask(S_IRWXG | S_IRWXO);
  base::forbid_dumps();
}

int finish(const base::Status& status) {
  if (status) return 0;
  const auto& error = status.error();
  const auto& known = base::entry(error.failure);
  const std::string_view sentence = error.detail.empty() ? known.staff : std::string_view(error.detail);
  std::fputs(fmt::format("linli-gateway: {} ({})\n", sentence, known.code).c_str(), stderr);
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  settle_in();
  if (sodium_init() < 0) return finish(base::Failure::internal);

  CLI::App app("The reference service platform of Linli: receives sealed applications from kiosks over HTTP.");
  app.set_version_flag("--version", "linli-gateway " LINLI_VERSION);
  app.require_subcommand(1);
  gateway::ServeOptions serving;
  gateway::ShowOptions showing;
  gateway::KeysOptions making;
  gateway::CertificatesOptions certifying;
  gateway::StateOptions telling;

  auto* serve = app.add_subcommand("serve", "Receive applications until SIGTERM or SIGINT");
  serve->add_option("--data", serving.data, "Folder of the store and the office key")->required();
  serve->add_option("--services", serving.services, "Folder of service definitions, one JSON file each; read once")->required();
  serve->add_option("--notices", serving.notices, "Hall notices for the terminals' screens, one JSON file; read once");
  serve->add_option("--listen", serving.listen, "Numeric address and port; port 0 is any free one")->capture_default_str();
  serve->add_option("--port-file", serving.port_file, "Write the port here once connections are taken; removed at the end");
  serve->add_option("--office-key", serving.office_key, "Another key file than DATA/office.key");

  serve->add_option("--devices", serving.devices,
                    "Folder of TERMINAL.pub files: who may send; default DATA/devices if it exists");
  auto* certificate = serve->add_option("--tls-certificate", serving.tls_certificate, "PEM; serve HTTPS instead of HTTP");
  auto* tls_key = serve->add_option("--tls-key", serving.tls_key, "PEM, the certificate's key");
  certificate->needs(tls_key);
  tls_key->needs(certificate);
  serve->add_option("--client-ca", serving.client_ca, "PEM; only clients with a certificate of this CA get in")
      ->needs(certificate);

  auto* keys = app.add_subcommand("keys", "Make the office's key pair when missing; print the public key in hex");
  keys->add_option("--data", making.data, "Folder of the keys")->required();
  keys->add_option("--office-key", making.office_key, "Another key file than DATA/office.key");
  keys->add_option("--suite", making.suite, "1: X25519; 2: SM2, in DATA/office.sm2.key")
      ->check(CLI::Range(1, gateway::kHighestSuite))
      ->capture_default_str();
  keys->add_flag("--json", making.json, "One JSON object, the key that receipts are signed with as well");

  auto* certificates = app.add_subcommand(
      "certificates", "Make a CA, a server and a terminal certificate for trying things out; print the server's pin");
  certificates->add_option("--folder", certifying.folder, "Where to; what is there already stays")->required();
  certificates->add_option("--host", certifying.host, "Address or name of the server")->capture_default_str();
  certificates->add_option("--terminal", certifying.terminal, "Name of the terminal")->capture_default_str();

  auto* show = app.add_subcommand("show", "The office's view: every application, opened. Only while no server runs on DATA");
  show->add_option("--data", showing.data, "Folder of the store and the office key")->required();
  show->add_option("--office-key", showing.office_key, "Another key file than DATA/office.key");
  show->add_option("--id", showing.id, "Only this application");
  show->add_option("--parts", showing.parts, "Folder; write their attachments there, opened, as ID.partN.jpg, mode 0600");
  show->add_flag("--json", showing.json, "One JSON array");

  auto* state = app.add_subcommand("state", "What residents are told of an application; a server may run on DATA");
  state->add_option("--data", telling.data, "Folder of the store")->required();
  state->add_option("--number", telling.number, "Number of the application, 2026-000017")->required();
  state->add_option("--set", telling.state, "The new state; without it the states so far are printed")
      ->check(CLI::IsMember(std::vector<std::string>(gateway::kProgressStates.begin() + 1, gateway::kProgressStates.end())));

  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) { return app.exit(error) == 0 ? 0 : 2; }
  if (*keys) return finish(gateway::print_keys(making));
  if (*certificates) return finish(gateway::make_certificates(certifying));
  if (*state) return finish(gateway::state(telling));
  if (*show) return finish(gateway::show(showing));
  return finish(gateway::serve(serving));
}
