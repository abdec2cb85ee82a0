// The way to a card of pcsc-lite that is never longer than allowed. While another program holds the card the service waits
// without end in SCardConnect and the client library in SCardBeginTransaction, and no SCardCancel ends either: so a thread
// with a context of its own waits, and is left alone when it takes too long.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hal/pcsc/smart_card_system.h"

namespace hal {

class PcscliteConnector {
 public:
  PcscliteConnector();
  ~PcscliteConnector();
  PcscliteConnector(const PcscliteConnector&) = delete;
  PcscliteConnector& operator=(const PcscliteConnector&) = delete;

  // A card in a transaction of its own; `retry_later` when there was none in time. Who waits for a reader in vain goes on
  // waiting in the next call; a card that comes when nobody waits for it is let go.
  SmartCardResult<std::unique_ptr<SmartCard>> connect(const std::string& reader, std::chrono::milliseconds patience);
  void cancel();  // ends connect(), now and from now on; any thread

 private:
  struct Attempt;
  struct Shared;
  std::shared_ptr<Attempt> attempt_at(const std::string& reader);

  const std::shared_ptr<Shared> shared_;            // with the threads, which may outlive this
  std::vector<std::shared_ptr<Attempt>> attempts_;  // under way, one a reader
};

}  // namespace hal
