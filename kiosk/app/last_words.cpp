#include "kiosk/app/last_words.h"

#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>

#include "base/failure.h"

namespace kiosk {
namespace {

iovec part(std::string_view text) { return {const_cast<char*>(text.data()), text.size()}; }  // NOLINT: writev only reads

// In one piece, because other threads may be logging; there may be no memory left to put it together in.
void say(base::Failure failure, std::string_view detail) {
  const auto& known = base::entry(failure);
  const std::array<iovec, 6> parts{part(known.code), part(" "),    part(known.staff),
                                   part("\n"),       part(detail), part(detail.empty() ? "" : "\n")};
  static_cast<void>(writev(STDERR_FILENO, parts.data(), static_cast<int>(parts.size())) < 0);
}

bool is_refusal(const std::error_code& code) {
  return code == std::errc::resource_unavailable_try_again || code == std::errc::not_enough_memory ||
         code == std::errc::too_many_files_open || code == std::errc::too_many_files_open_in_system;
}

// Of an exception that is being handled.
void say_what_was_thrown() {
  try {
    throw;
  } catch (const std::system_error& error) {
    say(is_refusal(error.code()) ? base::Failure::machine_exhausted : base::Failure::internal, error.what());
  } catch (const std::bad_alloc& error) {
    say(base::Failure::machine_exhausted, error.what());
  } catch (const std::exception& error) { say(base::Failure::internal, error.what()); } catch (...) {
    say(base::Failure::internal, {});
  }
}

[[noreturn]] void end_at_once() {
  if (std::current_exception())
    say_what_was_thrown();
  else
    say(base::Failure::internal, {});
  _exit(EXIT_FAILURE);
}

}  // namespace

void end_plainly() { std::set_terminate(end_at_once); }

int exit_code_of(const std::function<base::Status()>& command) {
  try {
    const base::Status status = command();
    if (status) return EXIT_SUCCESS;
    say(status.error().failure, status.error().detail);
  } catch (...) { say_what_was_thrown(); }
  return EXIT_FAILURE;
}

}  // namespace kiosk
