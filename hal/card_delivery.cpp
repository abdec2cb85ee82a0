#include "hal/card_delivery.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "base/log.h"

namespace hal {

void CardDelivery::deliver(CardReaderEvent event, bool wanted) {
  if (auto* health = std::get_if<DeviceHealth>(&event)) health->media = can_work(health->state) ? media_ : Media::unknown;
  count(event);
  const bool read = std::holds_alternative<CardRead>(event);
  const auto* rejected = std::get_if<CardRejected>(&event);
  const std::string refusal = rejected != nullptr ? fmt::format("a card gave {}", base::entry(rejected->failure).code) : "";
  const bool lifted = std::holds_alternative<CardLifted>(event);
  const bool laid = std::holds_alternative<CardLaid>(event);

  if (laid) of_a_check_ = !wanted;
  if (!of_a_check_ || std::holds_alternative<DeviceHealth>(event)) sink_(std::move(event));
  if (lifted) of_a_check_ = false;
  if (laid || lifted) say_whether_one_lies_there(laid ? Media::present : Media::none);

  if (!awaits_card()) return;
  if (read) end_check(HealthCheck::interactive, true, "a card was read");
  if (!refusal.empty()) end_check(HealthCheck::interactive, false, refusal);
}

void CardDelivery::say_whether_one_lies_there(Media media) {
  media_ = media;
  if (!can_work(health_.state)) return;
  health_.media = media;
  sink_(health_);
}

void CardDelivery::end_check_without_card() {
  if (awaits_card_until_ && clock_.now() >= *awaits_card_until_) end_check(HealthCheck::interactive, false, "no card came");
}

void CardDelivery::end_check(HealthCheck level, bool passed, std::string details) {
  awaits_card_until_.reset();
  sink_(HealthChecked{level, passed, health_, std::move(details)});
}

void CardDelivery::count(const CardReaderEvent& event) {
  if (const auto* health = std::get_if<DeviceHealth>(&event)) {
    if (can_work(health->state) && !can_work(health_.state)) statistics_.add(Counter::connects);
    health_ = *health;
  }
  if (const auto* card = std::get_if<CardRead>(&event)) {
    statistics_.add(Counter::reads);
    if (!card->person.checks.number_check_digit)
      base::log::warning("{}: a card was read whose number does not fit its check digit",
                         base::entry(base::Failure::card_number_check).code);
  }
  if (std::holds_alternative<CardRejected>(event)) statistics_.add(Counter::misreads);
}

}  // namespace hal
