// linlictl: what staff and operators ask of a terminal on its command line.
#include <CLI/CLI.hpp>

#include "kiosk/app/last_words.h"
#include "kiosk/app/linlictl/subcommands.h"

int main(int argc, char** argv) {
  kiosk::end_plainly();
  CLI::App program{"linlictl asks a Linli terminal, running or not"};
  program.set_version_flag("--version", LINLI_VERSION);
  program.require_subcommand(1);
  program.fallthrough();

  linlictl::Terminal terminal;
  program.add_option("--config", terminal.configuration, "configuration file of the terminal")->capture_default_str();
  program.add_option("--socket", terminal.socket, "control socket of the running kiosk, where it is not the usual one");

  int exit_code = linlictl::kWell;
  linlictl::add_devices_command(program, terminal, exit_code);
  linlictl::add_queue_command(program, terminal, exit_code);
  linlictl::add_audit_command(program, terminal, exit_code);
  linlictl::add_doctor_command(program, terminal, exit_code);
  linlictl::add_update_commands(program, terminal, exit_code);

  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) { return program.exit(error) == 0 ? linlictl::kWell : linlictl::kImpossible; }
  return exit_code;
}
