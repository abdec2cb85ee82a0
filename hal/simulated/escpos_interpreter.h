// The part of a printer's firmware that reads commands, one byte after another, and says what the mechanism is to do.
// Written from the manuals, not from the driver: it knows nothing of hal/printer. Real-time commands (DLE) are carried out
// when they are received, elsewhere; here they are only skipped.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace hal {

struct ResetAction {};  // ESC @
struct RowAction {
  std::vector<std::uint8_t> dots;
};
struct FeedAction {
  int dots = 0;
};
struct TextAction {  // a line of characters nobody should have sent
  int characters = 0;
};
struct CutAction {
  int feed_dots = 0;
  bool feed_to_knife = false;
};
struct AutomaticStatusAction {
  bool on = false;
};
struct StatusAction {};  // GS r
struct ProcessIdAction {
  std::array<std::uint8_t, 4> digits{};
};
struct IdentityAction {  // GS I
  int query = 0;
};
struct EjectorAction {  // GS e
  int n = 0;
};
struct RetractAction {               // GS R
  std::optional<int> after_seconds;  // nothing: now
};
using PrinterAction = std::variant<ResetAction, RowAction, FeedAction, TextAction, CutAction, AutomaticStatusAction, StatusAction,
                                   ProcessIdAction, IdentityAction, EjectorAction, RetractAction>;

class EscposInterpreter {
 public:
  // Without `knows_identity`, GS I is taken for text, as some clones do with what they do not know.
  explicit EscposInterpreter(int dots_per_inch, bool knows_identity = true)
      : dots_per_inch_(dots_per_inch), units_per_inch_(dots_per_inch), knows_identity_(knows_identity) {}

  // At most one action comes of one byte; it must be finished before the next byte.
  std::optional<PrinterAction> take(std::uint8_t byte);
  void reset() { *this = EscposInterpreter(dots_per_inch_, knows_identity_); }
  bool in_image() const { return image_bytes_left_ > 0; }

 private:
  std::optional<PrinterAction> take_image(std::uint8_t byte);
  std::optional<PrinterAction> take_text(std::uint8_t byte);
  std::optional<PrinterAction> take_escape();
  std::optional<PrinterAction> take_group();
  std::optional<PrinterAction> take_bracket();
  std::optional<PrinterAction> take_presenter();
  std::optional<PrinterAction> finish(PrinterAction action);
  std::optional<PrinterAction> end_line();
  void skip_real_time();
  void begin_image();
  int in_dots(int units) const { return units * dots_per_inch_ / units_per_inch_; }

  int dots_per_inch_;
  int units_per_inch_;
  bool knows_identity_;
  std::vector<std::uint8_t> command_;  // bytes of a command that is not complete
  std::size_t row_bytes_ = 0;
  std::size_t image_bytes_left_ = 0;
  std::vector<std::uint8_t> row_;
  int characters_ = 0;  // waiting in the line
};

}  // namespace hal
