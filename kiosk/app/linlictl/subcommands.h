// The groups of subcommands, one file each. A group adds itself to the program; when it is the one asked for, it does its
// work and leaves its exit code (terminal.h).
#pragma once

#include "kiosk/app/linlictl/terminal.h"

namespace CLI {
class App;
}

namespace linlictl {

// All outlive the parsing.
void add_devices_command(CLI::App& program, const Terminal& terminal, int& exit_code);
void add_queue_command(CLI::App& program, const Terminal& terminal, int& exit_code);
void add_audit_command(CLI::App& program, const Terminal& terminal, int& exit_code);
void add_doctor_command(CLI::App& program, const Terminal& terminal, int& exit_code);
void add_update_commands(CLI::App& program, const Terminal& terminal, int& exit_code);

}  // namespace linlictl
