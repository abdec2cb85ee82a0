#include "typeset/library_errors.h"

#include <glib.h>

#include <stdexcept>
#include <string_view>
#include <system_error>

namespace typeset {
namespace {

const char* text_of(std::string_view key, const GLogField* fields, gsize count) {
  for (gsize i = 0; i < count; ++i)
    if (fields[i].key == key && fields[i].length < 0) return static_cast<const char*>(fields[i].value);
  return "";
}

// GLib's own errors are refusals of the machine; those of libraries above it are mistakes.
[[noreturn]] void end_of(std::string_view domain, const char* message) {
  if (domain != "GLib") throw std::runtime_error(message);
  throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again), message);
}

// noexcept: nothing is thrown through C, it ends here.
GLogWriterOutput write_or_end(GLogLevelFlags level, const GLogField* fields, gsize count, gpointer data) noexcept {
  if ((level & G_LOG_LEVEL_ERROR) == 0) return g_log_writer_default(level, fields, count, data);
  end_of(text_of("GLIB_DOMAIN", fields, count), text_of("MESSAGE", fields, count));
}

}  // namespace

void end_as_uncaught() {
  static const bool once = [] {
    g_log_set_writer_func(write_or_end, nullptr, nullptr);
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace typeset
