// A receipt printer.
//
// A job ends in exactly one PrintFinished: confirmed up to a level of evidence, not printed, or unknown. Unknown never
// retries by itself, because a second copy of a ticket is worse than a question.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <variant>

#include "hal/device.h"
#include "hal/print_document.h"

namespace hal {

using PrintJobId = std::uint32_t;

// How much is known about the paper, lowest first.
enum class Evidence : std::uint8_t {
  none,       // nothing left this process
  submitted,  // written to the transport
  accepted,   // the printer's receive buffer took every byte
  processed,  // the printer answered a query placed after the job
  printed,    // the printer confirmed that printing finished (process id after the last line)
  cut,        // and that the cut after it was carried out without error
  taken,      // the presenter saw the paper leave
};

enum class PrintOutcome : std::uint8_t {
  confirmed,    // at least `processed`, and no error since
  not_printed,  // known: nothing of this job is on paper, or can still come out
  unknown,      // part of it may be on paper, or may still come out
};

struct PrintFinished {
  PrintJobId job = 0;
  PrintOutcome outcome = PrintOutcome::unknown;
  Evidence evidence = Evidence::none;
  std::optional<base::Failure> failure;  // why it is not confirmed
};

using PrinterEvent = std::variant<DeviceHealth, PrintFinished, HealthChecked>;
using PrinterSink = std::function<void(PrinterEvent)>;

class Printer : public Device {
 public:
  // Any thread. Jobs are printed in order; one at a time is usual.
  virtual void print(PrintJobId job, PrintDocument document) = 0;
};

}  // namespace hal
