#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <thread>

#include "hal/transport/byte_transport.h"
#include "hal/transport/file/wake_event.h"

namespace hal {

// One plugging in of an offered model: a thread carries what it says to the host, if there is one; else it is lost, as on a
// line nobody listens to.
class ModelSession {
 public:
  explicit ModelSession(std::unique_ptr<ByteTransport> model);
  ~ModelSession();
  ModelSession(const ModelSession&) = delete;
  ModelSession& operator=(const ModelSession&) = delete;

  const WakeEvent& over() const { return over_; }  // set when the model is gone
  void end() { model_->cancel(); }                 // any thread

  // `host` stays open until disconnect(). Does not block.
  void connect(int host);
  void disconnect();
  // What the host said; waits while the model takes nothing. False: the session is over.
  bool tell(std::span<const std::uint8_t> bytes);

 private:
  void speak();
  void give(std::span<const std::uint8_t> bytes);

  const std::unique_ptr<ByteTransport> model_;
  WakeEvent over_;
  std::mutex mutex_;
  int host_ = -1;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace hal
