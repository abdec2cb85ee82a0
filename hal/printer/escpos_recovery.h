// Makes sure that nothing of an earlier job can come out of the printer any more, or hangs at its mouth.
#pragma once

#include <optional>

#include "hal/printer/escpos_link.h"

namespace hal {

// What an earlier job may have left in the printer.
enum class Residue : std::uint8_t {
  none,
  possible,  // just connected: another program, or this one before it crashed, may have been interrupted
  likely,    // a job of ours ended badly: something may also hang at the mouth, uncut
};

class EscposRecovery {
 public:
  EscposRecovery(EscposLink& link, const PrinterProfile& profile, const EscposTiming& timing, DeviceStatistics& statistics)
      : link_(link), profile_(profile), timing_(timing), statistics_(statistics) {}

  // Tries once. Nothing: the printer is clean. Else why it cannot be made so now; `residue` stays for the next attempt.
  // Buffers are cleared first of all, also while paper is missing, because a printer goes on by itself when it is loaded.
  std::optional<base::Failure> run(Residue& residue);

 private:
  std::optional<base::Failure> condition();
  Residue look_for_residue();
  bool end_unheard(Residue residue);
  bool end_image();
  bool cut_off();
  bool take_inside();
  bool fence_passes();
  std::size_t longest_image() const;  // bytes
  bool write(std::span<const std::uint8_t> bytes) { return link_.write(bytes, timing_.stuck) == bytes.size(); }

  EscposLink& link_;
  const PrinterProfile& profile_;
  const EscposTiming& timing_;
  DeviceStatistics& statistics_;
};

}  // namespace hal
