#include "hal/absent/absent_card_reader.h"

#include <utility>

namespace hal {

AbsentCardReader::AbsentCardReader(CardReaderSink sink) : sink_(std::move(sink)) { sink_(DeviceHealth{}); }

void AbsentCardReader::check(HealthCheck level) { sink_(HealthChecked{level, false, {}, "no card reader is configured"}); }

}  // namespace hal
