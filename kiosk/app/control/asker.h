#pragma once

#include <atomic>

#include "base/file_descriptor.h"
#include "kiosk/app/control/control_call.h"

namespace kiosk {

// A connection, shared by the server's thread, which reads, and by the call, which writes. Closed when both are done with it.
class ControlCall::Asker {
 public:
  explicit Asker(base::FileDescriptor socket);

  std::int64_t account() const { return account_; }
  int socket() const { return socket_.get(); }
  bool heard() const { return heard_; }  // a line went out
  bool gone() const { return gone_; }
  // Whole or not at all; a reader who leaves the buffer full is let go.
  bool write(const std::string& line);
  void let_go();  // any thread

 private:
  const base::FileDescriptor socket_;
  const std::int64_t account_;
  std::atomic<bool> heard_ = false;
  std::atomic<bool> gone_ = false;
};

}  // namespace kiosk
