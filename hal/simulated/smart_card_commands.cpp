// The words by which a script or a person at a socket plays with a chip card.
#include "base/hex.h"
#include "hal/simulated/card_image.h"
#include "hal/simulated/smart_card_model.h"

namespace hal {
namespace {

std::optional<CardImage> image_named(std::string_view name) {
  if (name == "holder") return social_security_image(social_security_holder());
  if (name == "other") return social_security_image(other_social_security_holder());
  if (name == "compact") return social_security_image(social_security_holder(), true);
  if (name == "estonian") return estonian_image();
  if (name == "nhi") return nhi_image();
  if (name == "belgian") return belgian_image();
  if (name == "unknown") return unknown_image();
  return std::nullopt;
}

}  // namespace

std::string_view SmartCardModel::commands() const {
  return "insert CARD          puts a card in: holder other compact estonian nhi belgian unknown\n"
         "pull                 takes it out\n"
         "pull-at COUNT|off    takes it out instead of answering this command, counted from 0\n"
         "turned on|off        the wrong way round: no answer to power\n"
         "asleep on|off        takes commands and answers none\n"
         "slow MS              answers commands later\n"
         "pieces BYTES         answers in pieces, with 61xx; 0: whole\n"
         "answer HEX|off       answers every command with these bytes\n";
}

bool SmartCardModel::carry_out(const ModelCommand& command) {
  if (command.is("pull")) return pull(), true;
  if (const auto on = command.turns("turned")) return set_mute(*on), true;
  if (const auto on = command.turns("asleep")) return set_silent(*on), true;
  if (command.is("insert", 1)) {
    auto image = image_named(command.word(1));
    if (!image) return false;
    return insert(*std::move(image)), true;
  }
  if (command.is("answer", 1)) {
    if (command.word(1) == "off") return answer_everything(std::nullopt), true;
    const auto bytes = base::from_hex(command.word(1));
    return bytes ? answer_everything(*bytes), true : false;
  }
  if (command.is("pull-at", 1) && command.word(1) == "off") return pull_at_command(std::nullopt), true;
  const auto number = command.number(1);
  if (!number) return false;
  if (command.is("pull-at", 1)) return pull_at_command(static_cast<std::size_t>(*number)), true;
  if (command.is("slow", 1)) return set_answer_delay(std::chrono::milliseconds{*number}), true;
  if (command.is("pieces", 1)) return set_piece_size(static_cast<std::size_t>(*number)), true;
  return false;
}

}  // namespace hal
