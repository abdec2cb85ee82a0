// Runs one program to its end, with a deadline.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hal {

struct ProgramEnded {
  bool started = false;
  std::optional<int> exit_code;  // nothing: not started, or killed at the deadline or by `stop`
  std::string output;            // standard output, its first 4 KiB
};

// `arguments[0]` is the program's path; the environment is LC_ALL=C and nothing else, standard error is thrown away.
// `input` goes to its standard input. Ends early when the file descriptor `stop` can be read; -1: never.
ProgramEnded run_program(const std::vector<std::string>& arguments, std::string_view input, std::chrono::milliseconds patience,
                         int stop);

}  // namespace hal
