#include "hal/simulated/ticket_presenter.h"

namespace hal {

bool TicketPresenter::receive(TimePoint now) {
  if (kind_ == PresenterKind::none) return true;
  if (place_ == Place::mouth) return false;
  place_ = Place::inside;
  if (kind_ == PresenterKind::citizen_pmu) offer(now);
  return true;
}

void TicketPresenter::eject(int n, TimePoint now) {
  if (kind_ != PresenterKind::custom_kpm && kind_ != PresenterKind::custom_tptcm) return;
  const int retracts = kind_ == PresenterKind::custom_kpm ? 2 : 4;
  if (n == retracts) draw_back();
  if (n == 2 && kind_ == PresenterKind::custom_tptcm) motor_runs_ = true;
  if (n == 3 && place_ == Place::inside) offer(now);
  if (n == 5) place_ = Place::none;
}

void TicketPresenter::retract() {
  if (kind_ == PresenterKind::citizen_pmu) draw_back();
}

void TicketPresenter::set_auto_retract(int seconds) {
  if (kind_ == PresenterKind::citizen_pmu) patience_ = std::chrono::seconds{seconds};
}

void TicketPresenter::offer(TimePoint now) {
  place_ = Place::mouth;
  if (kind_ == PresenterKind::citizen_pmu) draws_back_at_ = now + patience_;
}

void TicketPresenter::draw_back() {
  if (place_ != Place::none) ++retracted_;
  place_ = Place::none;
  draws_back_at_.reset();
}

void TicketPresenter::pass_time(TimePoint now) {
  if (draws_back_at_ && now >= *draws_back_at_) draw_back();
}

bool TicketPresenter::take() {
  if (place_ != Place::mouth) return false;
  place_ = Place::none;
  draws_back_at_.reset();
  ++taken_;
  return true;
}

}  // namespace hal
