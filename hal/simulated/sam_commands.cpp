// The words by which a script or a person at a socket plays with the module.
#include <algorithm>

#include "hal/simulated/personas.h"
#include "hal/simulated/sam_module.h"

namespace hal {
namespace {

std::chrono::year_month_day today() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

}  // namespace

std::string_view SamModule::commands() const {
  return "lay PERSONA          lays a card down: eighty_five nearly_eighty forty_five rare_name R1 R2 J1 I1 Y1\n"
         "lift                 lifts it\n"
         "added-address TEXT   a later address on every card; off: on none\n"
         "noisy on|off         damages answers by the ways seen in the field\n"
         "pieces BYTES         gives answers in pieces of so many bytes; 0: whole\n"
         "bad-checksums COUNT  damages the checksum of the next so many answers\n"
         "boot-time MS         is silent for so long after power comes\n"
         "refuse SW3|off       answers everything with this status: 60 self test failed, 66 not authorised\n"
         "refuse-select SW3|off  answers selecting a card with it: 31 32 33 3F 40 81\n"
         "refuse-read SW3|off  answers reading with it: 31 32 33 40 41\n";
}

bool SamModule::carry_out(const ModelCommand& command) {
  if (command.is("lay", 1)) {
    const auto people = personas(today());
    const auto person = std::ranges::find(people, command.word(1), &Persona::id);
    if (person == people.end()) return false;
    lay_card(person->text);
    return true;
  }
  if (command.is("lift")) return lift_card(), true;
  if (const auto on = command.turns("noisy")) return set_noisy(*on), true;
  if (command.is("added-address", 1)) return add_address(command.word(1) == "off" ? "" : command.word(1)), true;
  const bool may_be_off = command.is("refuse", 1) || command.is("refuse-select", 1) || command.is("refuse-read", 1);
  const bool off = may_be_off && command.word(1) == "off";
  const auto status = off ? std::nullopt : command.hex_byte(1);
  if (command.is("refuse", 1) && (off || status)) return refuse_everything(status), true;
  if (command.is("refuse-select", 1) && (off || status)) return refuse_selecting(status), true;
  if (command.is("refuse-read", 1) && (off || status)) return refuse_reading(status), true;
  const auto number = command.number(1);
  if (!number) return false;
  if (command.is("pieces", 1)) return set_piece_size(static_cast<std::size_t>(*number)), true;
  if (command.is("bad-checksums", 1)) return damage_checksums(static_cast<unsigned>(*number)), true;
  if (command.is("boot-time", 1)) return set_boot_time(std::chrono::milliseconds{*number}), true;
  return false;
}

}  // namespace hal
