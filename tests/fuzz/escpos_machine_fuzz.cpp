// links: linli_hal
// The model of a printer takes any bytes, in any condition, without falling over.
#include <cstddef>
#include <cstdint>
#include <span>

#include "hal/simulated/escpos_machine.h"
#include "hal/simulated/simulated_transport.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 4096) return 0;
  hal::EscposMachineType type;
  type.dots_per_line = 64;
  type.receive_buffer = 256;
  type.drops_when_full = (data[0] & 1) != 0;
  type.presenter = static_cast<hal::PresenterKind>(data[1] % 4);
  type.answers_identity = (data[1] & 4) != 0;
  const auto machine = std::make_shared<hal::EscposMachine>(type);
  const auto transport = hal::make_simulated_transport(machine)->open();
  machine->begin_after_rows(data[1], static_cast<hal::PrinterTrouble>(data[0] / 2 % hal::kPrinterTroubles));
  (void)transport->write({data + 2, size - 2}, std::chrono::milliseconds{0});
  for (std::size_t trouble = 0; trouble < hal::kPrinterTroubles; ++trouble)
    machine->end(static_cast<hal::PrinterTrouble>(trouble));
  std::uint8_t answers[64];
  while (transport->read(answers, std::chrono::milliseconds{0}).count > 0) {}
  return 0;
}
