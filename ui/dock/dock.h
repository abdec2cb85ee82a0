// The panel beside the demo's kiosk: cards to lay down, faults to cause, the paper that came out, what the platform holds.
// Drawn with the same widget layer, so that it has a semantic tree and tests press its buttons by label.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/translations.h"
#include "ui/dock/dock_model.h"
#include "ui/kit/kit.h"
#include "ui/kit/painter.h"

namespace ui {

class Dock {
 public:
  static constexpr double kPixelsPerMm = 1.5;  // the dock is for a developer's eyes: 10 mm text is 15 pixels

  Dock(typeset::Typesetter& typesetter, const kiosk::Translations& translations);

  // Pointer in pixels of the dock's own surface.
  std::optional<DockAction> handle(const PointerTransition& pointer, int width, int height, const DockModel& model,
                                   const std::string& language);
  // What changed, in pixels of `surface`.
  std::vector<Box> draw(Surface& surface, const DockModel& model, const std::string& language);
  const SemanticTree& tree() const { return kit_.tree(); }
  void forget_picture() { painter_.forget(); }

 private:
  void begin(int width, int height, const std::string& language);
  std::optional<DockAction> lay_out(const DockModel& model);
  Box take(double height_mm);  // the next strip of the column
  void heading(const std::string& id, const std::string& text);
  bool press(const Box& box, const std::string& id, const std::string& label, bool active = false);
  std::optional<DockAction> cards(const DockModel& model);
  std::optional<DockAction> codes(const DockModel& model);
  std::optional<DockAction> printer(const DockModel& model);
  std::optional<DockAction> cables(const DockModel& model);
  void platform(const DockModel& model);
  void paper(const DockModel& model);
  std::string text(std::string_view msgid) const { return translations_.text(msgid, kit_.language()); }
  const Image& picture_of(const typeset::DotBitmap& ticket, int factor);

  Kit kit_;
  Painter painter_;
  const kiosk::Translations& translations_;
  PointerTransition pointer_;
  Box rest_;                                // of the column, not yet used
  std::vector<std::uint8_t> shown_ticket_;  // the dots `picture_` was made from
  int shown_factor_ = 0;
  std::optional<Image> picture_;
};

}  // namespace ui
