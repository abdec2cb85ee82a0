#include <utility>

#include "hal/id_card/utf16_text.h"
#include "hal/simulated/sam_module.h"

namespace hal {
namespace {

constexpr std::size_t kAddressBytes = 70;

}  // namespace

void SamModule::lay_card(const TextBlock& text) {
  const Change change = this->change();
  text_ = text;
  card_ = Card::lying;
}

void SamModule::lift_card() {
  const Change change = this->change();
  card_ = Card::none;
}

void SamModule::add_address(std::string_view address) {
  const Change change = this->change();
  added_address_.assign(address.empty() ? 0 : kAddressBytes, 0);
  if (!encode_utf16_field(address, added_address_)) added_address_.clear();
}

bool SamModule::card_lies_there() const {
  const auto lock = look();
  return card_ != Card::none;
}

void SamModule::set_silent(bool silent) {
  const Change change = this->change();
  silent_ = silent;
}

void SamModule::set_noisy(bool noisy) {
  const Change change = this->change();
  noisy_ = noisy;
}

void SamModule::set_answer_delay(std::chrono::milliseconds delay) {
  const Change change = this->change();
  delay_ = delay;
}

void SamModule::set_piece_size(std::size_t bytes) {
  const Change change = this->change();
  piece_size_ = bytes;
}

void SamModule::damage_checksums(unsigned answers) {
  const Change change = this->change();
  damaged_checksums_ = answers;
}

void SamModule::replace_next_read(std::vector<std::uint8_t> wire) {
  const Change change = this->change();
  replaced_read_ = std::move(wire);
}

void SamModule::unplug_inside_next_read(std::size_t after) {
  const Change change = this->change();
  unplug_armed_ = after;
}

void SamModule::refuse_everything(std::optional<std::uint8_t> sw3) {
  const Change change = this->change();
  refuse_everything_ = sw3;
}

void SamModule::refuse_selecting(std::optional<std::uint8_t> sw3) {
  const Change change = this->change();
  refuse_selecting_ = sw3;
}

void SamModule::refuse_reading(std::optional<std::uint8_t> sw3) {
  const Change change = this->change();
  refuse_reading_ = sw3;
}

void SamModule::set_boot_time(std::chrono::milliseconds time) {
  const Change change = this->change();
  boot_time_ = time;
}

std::vector<SdtCommand> SamModule::questions() const {
  const auto lock = look();
  return questions_;
}

void SamModule::forget_questions() {
  const Change change = this->change();
  questions_.clear();
}

}  // namespace hal
