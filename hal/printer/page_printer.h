// A printer of pages: forms and certificates on A4, given as PDF. Optional, and apart from receipts on purpose: nobody
// behind a print queue can say that paper came out.
#pragma once

#include "base/secret.h"
#include "hal/printer.h"

namespace hal {

class PagePrinter : public Device {
 public:
  // Any thread. Ends in one PrintFinished, never `confirmed`: `unknown` with Evidence::submitted when the queue took the
  // document, `not_printed` when it did not. Both with a failure.
  virtual void print(PrintJobId job, base::Secret pdf) = 0;
};

}  // namespace hal
