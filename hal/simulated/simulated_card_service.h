// A smart card service like pcscd, inside this process: watches one reader whose slot is a SmartCardModel, counts insertions and
// removals, and lets drivers talk with the card. Everything that a service can do to a driver can be asked of it. A thread of
// its own looks after the card; controls may be called from any thread.
#pragma once

#include <chrono>
#include <memory>

#include "hal/pcsc/smart_card_system.h"
#include "hal/simulated/smart_card_model.h"

namespace hal {

struct SimulatedServiceTiming {
  std::chrono::milliseconds poll{20};            // between two looks whether the card is still there
  std::chrono::milliseconds answer_limit{1000};  // for a card's answer
};

class SimulatedCardService {
 public:
  virtual ~SimulatedCardService() = default;

  // A driver's way to it. Keeps the service alive.
  virtual std::unique_ptr<SmartCardSystem> system() = 0;

  virtual void stop() = 0;                      // every context dies; nobody can open a new one
  virtual void start() = 0;                     // runs at first
  virtual void refuse(bool refused) = 0;        // this user may not in
  virtual void refuse_cards(bool refused) = 0;  // may in, but not to the cards
  virtual void occupy(bool occupied) = 0;       // another program holds the card
  virtual void plug_reader(bool plugged) = 0;   // the reader is there at first
  virtual void reset_card() = 0;                // another program did; conversations have to start over
};

std::shared_ptr<SimulatedCardService> make_simulated_card_service(std::shared_ptr<SmartCardModel> card,
                                                                  SimulatedServiceTiming timing = {});

// For those who have no use for the controls.
std::unique_ptr<SmartCardSystem> make_simulated_smart_card_system(std::shared_ptr<SmartCardModel> card);

}  // namespace hal
