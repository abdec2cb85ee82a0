// No card reader, on purpose: for a machine that has none. It says so once and never anything else.
#pragma once

#include "hal/card_reader.h"

namespace hal {

class AbsentCardReader final : public CardReader {
 public:
  explicit AbsentCardReader(const CardReaderSink& sink);  // reports from within the constructor
  void want_card(bool) override {}
};

}  // namespace hal
