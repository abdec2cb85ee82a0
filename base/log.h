// One line per event to standard error (journald takes it from there); nobody waits for a reader of it. Only constant texts,
// codes, counts and ids go into a log: a Secret has no formatter, so personal data does not compile here.
#pragma once

#include <fmt/format.h>

#include <string_view>

#include "base/result.h"

namespace base::log {

void write_info(std::string_view line);
void write_warning(std::string_view line);
void write_error(std::string_view line);
void quiet();  // for tests: nothing below error

template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  write_info(fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  write_warning(fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  write_error(fmt::format(format, std::forward<Args>(args)...));
}

// "CARD-003 bad checksum", the one form in which failures appear.
void failure(const Error& error);

}  // namespace base::log
