#include "base/log.h"

#include <poll.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <mutex>

namespace base::log {
namespace {

// Never waits for whoever reads standard error: a line it has no room for is lost, and counted in the next one that it takes.
// A pipe that poll() calls writable takes PIPE_BUF bytes at once.
class UnblockedErrorSink final : public spdlog::sinks::base_sink<std::mutex> {
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    if (lost_ > 0) fmt::format_to(fmt::appender(line), "{} lines before this one were lost\n", lost_);
    base_sink<std::mutex>::formatter_->format(message, line);
    pollfd ready{STDERR_FILENO, POLLOUT, 0};
    const bool room = poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT) != 0;
    const auto size = std::min<std::size_t>(line.size(), PIPE_BUF);
    lost_ = room && write(STDERR_FILENO, line.data(), size) >= 0 ? 0 : lost_ + 1;
  }
  void flush_() override {}

  std::size_t lost_ = 0;
};

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("linli", std::make_shared<UnblockedErrorSink>());
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
