// No card reader, on purpose: for a machine that has none. It says so once and never anything else.
#pragma once

#include "hal/card_reader.h"

namespace hal {

class AbsentCardReader final : public CardReader {
 public:
  explicit AbsentCardReader(CardReaderSink sink);  // reports from within the constructor, and from check()
  void want_card(bool) override {}
  void want_photo(bool) override {}
  void check(HealthCheck level) override;
  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  CardReaderSink sink_;
  DeviceStatistics statistics_;
};

}  // namespace hal
