#include <fmt/format.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "gateway/app/commands.h"

namespace {

// Files of the gateway are its owner's; a dying process leaves no memory image behind.
void settle_in() {
  umask(S_IRWXG | S_IRWXO);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
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

  auto* serve = app.add_subcommand("serve", "Receive applications until SIGTERM or SIGINT");
  serve->add_option("--data", serving.data, "Folder of the store and the office key")->required();
  serve->add_option("--services", serving.services, "Folder of service definitions, one JSON file each; read once")->required();
  serve->add_option("--listen", serving.listen, "Numeric address and port; port 0 is any free one")->capture_default_str();
  serve->add_option("--port-file", serving.port_file, "Write the port here once connections are taken; removed at the end");
  serve->add_option("--office-key", serving.office_key, "Another key file than DATA/office.key");

  auto* keys = app.add_subcommand("keys", "Make the office's key pair when missing; print the public key in hex");
  keys->add_option("--data", serving.data, "Folder of the key")->required();
  keys->add_option("--office-key", serving.office_key, "Another key file than DATA/office.key");

  auto* show = app.add_subcommand("show", "The office's view: every application, opened. Only while no server runs on DATA");
  show->add_option("--data", showing.data, "Folder of the store and the office key")->required();
  show->add_option("--office-key", showing.office_key, "Another key file than DATA/office.key");
  show->add_option("--id", showing.id, "Only this application");
  show->add_flag("--json", showing.json, "One JSON array");

  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) { return app.exit(error) == 0 ? 0 : 2; }
  if (*keys) return finish(gateway::print_keys(serving.data, serving.office_key));
  if (*show) return finish(gateway::show(showing));
  return finish(gateway::serve(serving));
}
