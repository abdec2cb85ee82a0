// Pages through a CUPS queue, handed over by the program `lp` (Debian: cups-client). See docs/decisions/pages-through-cups.md.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "hal/printer/page_printer.h"

namespace hal {

struct LpQueue {
  std::string name;    // of the queue: letters, digits, - and _
  std::string server;  // host:port or the path of a socket; empty: as /etc/cups/client.conf says
  std::string lp = "/usr/bin/lp";
  std::string lpstat = "/usr/bin/lpstat";
};

struct LpTiming {
  std::chrono::milliseconds submit{60'000};  // for a document to be taken
  std::chrono::milliseconds ask{10'000};     // for an answer about the queue
  std::chrono::milliseconds look{60'000};    // between looks at the idle queue
};

inline constexpr std::size_t kLongestPdf = 32U << 20U;  // bytes; longer ones, and what is no PDF, are `internal`

std::unique_ptr<PagePrinter> make_lp_page_printer(LpQueue queue, PrinterSink sink, LpTiming timing = {});

}  // namespace hal
