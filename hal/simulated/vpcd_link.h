// Puts a simulated card into a virtual reader of a real pcscd (vsmartcard's vpcd), over TCP: with it any program that uses smart
// cards can be tried without hardware. The reader has the card while both the model's slot holds it and the link lives.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>

#include "hal/simulated/smart_card_model.h"

namespace hal {

inline constexpr std::uint16_t kVpcdPort = 35963;  // of vpcd's first slot

class VpcdLink {
 public:
  // Connects to 127.0.0.1 whenever the model holds a card, again and again while nobody listens.
  explicit VpcdLink(std::shared_ptr<SmartCardModel> card, std::uint16_t port = kVpcdPort);
  ~VpcdLink();
  VpcdLink(const VpcdLink&) = delete;
  VpcdLink& operator=(const VpcdLink&) = delete;

 private:
  void run();
  void carry(ByteTransport& card, int socket);
  bool to_card(ByteTransport& card, int socket);
  bool to_reader(ByteTransport& card, int socket);

  const std::unique_ptr<TransportFactory> cables_;
  const std::uint16_t port_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace hal
