#include "hal/absent/absent_card_reader.h"

namespace hal {

AbsentCardReader::AbsentCardReader(const CardReaderSink& sink) { sink(DeviceHealth{}); }

}  // namespace hal
