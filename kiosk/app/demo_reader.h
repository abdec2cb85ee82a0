// The card reader of the demo's hall: a plate for ID cards, or a slot for chip cards, and who has a card. The real driver of
// either runs on top.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "hal/card_reader.h"
#include "ui/dock/dock_model.h"

namespace kiosk {

class DemoReader {
 public:
  virtual ~DemoReader() = default;

  virtual std::vector<ui::DockCard> cards() const = 0;
  virtual void lay(std::size_t card) = 0;
  virtual void lift() = 0;
  virtual void plug(bool plugged) = 0;

  virtual std::string driver() const = 0;  // as kiosk.toml names it
  // May outlive this.
  virtual std::unique_ptr<hal::CardReader> make(const base::Clock& clock, hal::CardReaderSink sink) const = 0;
};

// `kind` is "sdt" or "pcsc".
std::unique_ptr<DemoReader> make_demo_reader(const std::string& kind, std::chrono::year_month_day today);

}  // namespace kiosk
