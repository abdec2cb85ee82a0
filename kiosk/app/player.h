// A resident without a display: presses what the semantic tree offers, by label or id, through the same input path as a
// finger, and waits for what devices and courier answer. Used by `linli-kiosk play` and by the journeys in tests/.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "kiosk/app/doorbell.h"
#include "kiosk/app/kiosk.h"
#include "ui/kit/surface.h"
#include "ui/screens/kiosk_screen.h"

namespace kiosk {

class Player {
 public:
  static constexpr std::chrono::seconds kPatience{20};

  // All outlive the player; `bell` is what wakes the kiosk.
  Player(Kiosk& kiosk, ui::KioskScreen& screen, ui::Surface& surface, Doorbell& bell)
      : kiosk_(kiosk), screen_(screen), surface_(surface), bell_(bell) {}

  // False when there is no such control, or it is disabled.
  bool press(std::string_view label_or_id);
  // Handles what arrives until `condition` holds; false after kPatience.
  bool wait_for(const std::function<bool(const VisitState&)>& condition);
  bool wait_for(Stage stage);
  // Chooses the first answer that lets the visit go on, types an example number, or leaves the question to the staff, which
  // goes on by itself; else Next is left to the caller.
  bool answer_question();

  // Draws, so that tree() and the surface show the visit as it is now.
  void draw();
  base::Status picture(const std::filesystem::path& png);
  const ui::SemanticTree& tree() const { return screen_.tree(); }
  const Visit& visit() const { return kiosk_.visit(); }

 private:
  void after_events();
  bool choose(const Question& question);
  bool type(const Question& question);
  bool type_day();
  bool say_or_leave(const Question& question);

  Kiosk& kiosk_;
  ui::KioskScreen& screen_;
  ui::Surface& surface_;
  Doorbell& bell_;
};

}  // namespace kiosk
