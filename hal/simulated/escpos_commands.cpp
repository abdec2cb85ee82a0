// The words by which a script or a person at a socket plays with the printer.
#include <algorithm>
#include <array>

#include "hal/simulated/escpos_machine.h"

namespace hal {
namespace {

struct Word {
  std::string_view begins, ends;
  PrinterTrouble trouble;
};
constexpr std::array kTroubles{Word{"paper-out", "paper-in", PrinterTrouble::paper_out},
                               Word{"paper-low", "paper-full", PrinterTrouble::paper_low},
                               Word{"paper-jam", "paper-free", PrinterTrouble::paper_jam},
                               Word{"cover-open", "cover-closed", PrinterTrouble::cover_open},
                               Word{"knife-blocked", "knife-free", PrinterTrouble::knife_blocked},
                               Word{"hot", "cool", PrinterTrouble::overheated},
                               Word{"broken", "mended", PrinterTrouble::broken},
                               Word{"mute", "talking", PrinterTrouble::silent},
                               Word{"dead", "alive", PrinterTrouble::dead}};

}  // namespace

std::string_view EscposMachine::commands() const {
  return "paper-out | paper-in          takes the roll away, loads one\n"
         "paper-low | paper-full        the near-end sensor\n"
         "paper-jam | paper-free\n"
         "cover-open | cover-closed\n"
         "knife-blocked | knife-free    shows at the next cut\n"
         "hot | cool                    the head\n"
         "broken | mended               a fault it cannot recover from\n"
         "mute | talking                works and answers nothing\n"
         "dead | alive                  takes what it is sent, and that is all\n"
         "after-rows N TROUBLE          one of the first words, after so many rows of paper\n"
         "after-bytes N TROUBLE         after so many bytes\n"
         "take-ticket                   from the mouth of a presenter\n"
         "jam-ticket                    when the presenter next moves\n"
         "dialect HEX HEX HEX HEX       bits beyond Epson's in its answers to DLE EOT 1 to 4\n"
         "drops on|off                  loses bytes when its buffer is full, instead of refusing them\n"
         "power-cycle                   forgets all; paper and troubles stay\n";
}

// How it talks and listens, whatever its trouble.
bool EscposMachine::speak(const ModelCommand& command) {
  if (const auto on = command.turns("drops")) {
    const Change change = this->change();
    type_.drops_when_full = *on;
    return true;
  }
  if (!command.is("dialect", type_.status_dialect.size())) return false;
  auto bits = type_.status_dialect;
  for (std::size_t query = 0; query < bits.size(); ++query) {
    const auto byte = command.hex_byte(query + 1);
    if (!byte) return false;
    bits[query] = *byte;
  }
  const Change change = this->change();
  type_.status_dialect = bits;
  return true;
}

bool EscposMachine::carry_out(const ModelCommand& command) {
  if (command.is("power-cycle")) return power_cycle(), true;
  if (command.is("take-ticket")) return take_ticket(), true;
  if (command.is("jam-ticket")) return jam_next_ticket(), true;
  if (speak(command)) return true;
  const bool rows = command.is("after-rows", 2);
  const bool later = rows || command.is("after-bytes", 2);
  const auto delay = later ? command.number(1) : std::optional<long>{0};
  if (!delay) return false;
  const ModelCommand what = later ? command.from(2) : command;
  for (const auto& word : kTroubles) {
    if (what.is(word.begins)) {
      if (!later)
        begin(word.trouble);
      else if (rows)
        begin_after_rows(*delay, word.trouble);
      else
        begin_after_bytes(*delay, word.trouble);
      return true;
    }
    if (!later && what.is(word.ends)) return end(word.trouble), true;
  }
  return false;
}

}  // namespace hal
