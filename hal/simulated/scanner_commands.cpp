// The words by which a script or a person at a socket plays with a scanner.
#include "base/hex.h"
#include "hal/simulated/scanner_model.h"

namespace hal {

std::string_view ScannerModel::commands() const {
  return "show TEXT            holds a code before the window; blanks belong to it\n"
         "show-hex HEX         the same, any bytes\n"
         "twice TEXT TEXT      two codes without a rest between them\n"
         "cut PIECES TEXT      only the first so many pieces of it come\n"
         "torn PIECE TEXT      this piece of it, from 0, loses its second half\n"
         "garbage HEX          these bytes as one piece\n"
         "covered on|off       reads nothing\n"
         "rest MS              the least time between two codes\n"
         "unplug-after-pieces COUNT\n";
}

bool ScannerModel::carry_out(const ModelCommand& command) {
  if (const auto on = command.turns("covered")) return set_silent(*on), true;
  if (command.begins("show", 1)) return show(command.text(1)), true;
  if (command.is("twice", 2)) return show_merged(command.word(1), command.word(2)), true;
  if (command.is("show-hex", 1) || command.is("garbage", 1)) {
    const auto bytes = base::from_hex(command.word(1));
    if (!bytes) return false;
    if (command.is("garbage", 1)) return send_garbage(*bytes), true;
    return show(std::string(bytes->begin(), bytes->end())), true;
  }
  const auto number = command.number(1);
  if (!number) return false;
  const auto count = static_cast<std::size_t>(*number);
  if (command.begins("cut", 2)) return show_cut(command.text(2), count), true;
  if (command.begins("torn", 2)) return show_torn(command.text(2), count), true;
  if (command.is("rest", 1)) return set_rest(std::chrono::milliseconds{*number}), true;
  if (command.is("unplug-after-pieces", 1)) return unplug_after(count), true;
  return false;
}

}  // namespace hal
