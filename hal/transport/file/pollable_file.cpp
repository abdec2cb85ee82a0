#include "hal/transport/file/pollable_file.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "hal/transport/deadline.h"
#include "hal/transport/file/system_error.h"

namespace hal {
namespace {

bool is_socket(int file) {
  struct stat status {};
  return fstat(file, &status) == 0 && S_ISSOCK(status.st_mode);
}

}  // namespace

PollableFile::PollableFile(base::FileDescriptor file) : file_(std::move(file)), is_socket_(is_socket(file_.get())) {}

template <class Step>
Transferred PollableFile::move_once(short events, std::chrono::steady_clock::time_point deadline, Step step) {
  while (true) {
    switch (cancelled_.wait(file_.get(), events, deadline)) {
      case Woken::cancelled:
        return {0, TransportError::cancelled};
      case Woken::timeout:
        return {0, TransportError::timeout};
      case Woken::ready:
        break;
    }
    const auto count = step();
    if (count > 0) return {static_cast<std::size_t>(count), {}};
    if (count == 0) return {0, TransportError::gone};  // the other side closed
    if (const auto error = transport_error(errno)) return {0, error};
    // Ready, and yet nothing came: a file that keeps saying so must not hold us beyond the deadline.
    if (std::chrono::steady_clock::now() >= deadline) return {0, TransportError::timeout};
  }
}

Transferred PollableFile::write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) {
  const auto deadline = deadline_after(patience);
  Transferred result;
  while (result.count < bytes.size() && result.ok()) {
    const auto rest = bytes.subspan(result.count);
    const auto moved = move_once(POLLOUT, deadline, [&] {
      return is_socket_ ? ::send(file_.get(), rest.data(), rest.size(), MSG_NOSIGNAL)
                        : ::write(file_.get(), rest.data(), rest.size());
    });
    result.count += moved.count;
    result.error = moved.error;
  }
  return result;
}

Transferred PollableFile::read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) {
  if (buffer.empty()) return {};
  return move_once(POLLIN, deadline_after(patience), [&] { return ::read(file_.get(), buffer.data(), buffer.size()); });
}

}  // namespace hal
