#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace base::log {
namespace {

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_logger_mt("linli");
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    return made;
  }();
  return *instance;
}

}  // namespace

void write_info(std::string_view line) { logger().info(fmt::string_view(line.data(), line.size())); }
void write_warning(std::string_view line) { logger().warn(fmt::string_view(line.data(), line.size())); }
void write_error(std::string_view line) { logger().error(fmt::string_view(line.data(), line.size())); }
void quiet() { logger().set_level(spdlog::level::err); }

void failure(const Error& error) {
  const auto& known = entry(error.failure);
  warning("{} {}", known.code, error.detail.empty() ? known.staff : std::string_view(error.detail));
}

}  // namespace base::log
