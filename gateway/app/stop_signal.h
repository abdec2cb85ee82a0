#pragma once

namespace gateway {

// SIGTERM and SIGINT become something to wait for: the descriptor is readable once one has arrived.
// To be made before anything else could be interrupted; -1 when the system refuses.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace gateway
