// Asking what has become of earlier applications: first this machine's own queue, then the platform.
#include "base/log.h"
#include "offline_cache/courier/clock_quality.h"
#include "offline_cache/courier/delivery.h"
#include "offline_cache/courier/status_answer.h"
#include "offline_cache/sealing/envelope.h"

namespace offline_cache {
namespace {

using base::Failure;
using Where = ApplicationStatus::Where;

std::optional<ApplicationStatus> waiting_here(const Stored& stored, const std::string& service) {
  if (!has_payload(stored.state)) return std::nullopt;
  const bool waits = stored.state == State::queued || stored.state == State::in_flight;
  return ApplicationStatus{
      stored.id,     service, {}, stored.receipt_code, waits ? Where::waits_here : Where::held_here, OfficeState::received,
      stored.created};
}

}  // namespace

// Under another key than it was saved with, what waits is found by its paper, or at the office once it is there.
base::Status Delivery::look_by_card(const StatusQuestion& question, StatusAnswer& answer) {
  for (const auto& [service, chain_text] : question.chains) {
    const auto waiting = keeper_.outbox()->waiting_of(keyed(chain_text));
    if (!waiting) return waiting.error();
    for (const auto& stored : *waiting)
      if (auto waits = waiting_here(stored, service)) answer.applications.push_back(*std::move(waits));
  }
  return {};
}

// Which application the platform is to be asked for; nothing: none.
base::Result<std::optional<base::Uuid>> Delivery::look_by_paper(const StatusQuestion& question, StatusAnswer& answer) {
  const auto found = keeper_.outbox()->find_receipt(question.receipt_code);
  if (!found) return found.error();
  answer.unknown_paper = !*found;
  if (!*found) return std::optional<base::Uuid>();
  if (auto waits = waiting_here(**found, {})) {
    answer.applications.push_back(*std::move(waits));
    return std::optional<base::Uuid>();
  }
  return std::optional((*found)->id);
}

void Delivery::ask_status(StatusQuestion question) {
  if (asked_ && asked_->sent) http_.cancel();
  const bool by_paper = !question.receipt_code.empty();
  std::optional<base::Uuid> application;
  asked_.emplace(AskedStatus{std::move(question), StatusAnswer(), {}, clock_.now() + kStatusPatience, false});
  StatusAnswer& answer = asked_->answer;
  answer.id = asked_->question.id;
  if (!keeper_.open_now()) return end_status(keeper_.failure());
  if (by_paper) {
    const auto found = look_by_paper(asked_->question, answer);
    if (!found) return cannot_look(found.error());
    if (!*found) return end_status(std::nullopt);
    application = *found;
  } else if (auto looked = look_by_card(asked_->question, answer); !looked) {
    return cannot_look(looked.error());
  }
  if (!online()) return end_status(Failure::net_unreachable);
  const auto usable = keys();
  if (!usable) return end_status(usable.error().failure);
  auto sealed =
      seal({asked_->question.id, status_question_json(asked_->question.id_number, application)},
           {configuration_.terminal, clock_.wall(), clock_is_synchronised()}, *usable->office, *usable->device, random_);
  if (!sealed) return end_status(sealed.error().failure);
  asked_->envelope = std::move(sealed->bytes);
  if (http_.busy() && !in_flight_) http_.cancel();  // a health check, and this is a better one
}

void Delivery::cannot_look(const base::Error& error) {
  keeper_.broke(error);
  end_status(error.failure);
  report();
}

// True: it is on its way.
bool Delivery::start_status() {
  if (!asked_ || clock_.now() >= asked_->until) return false;
  HttpRequest request{
      "POST", configuration_.platform_url + "/v1/status-queries", {"Content-Type: application/json"}, asked_->envelope};
  request.patience = std::chrono::ceil<std::chrono::milliseconds>(asked_->until - clock_.now());
  http_.start(std::move(request));
  asked_->sent = true;
  return true;
}

void Delivery::finish_status(const RawAnswer& raw) {
  auto told = read_status_answer(raw);
  if (!told) return end_status(told.error().failure);
  for (ApplicationStatus& each : *told) {
    std::erase_if(asked_->answer.applications, [&](const ApplicationStatus& here) { return here.id == each.id; });
    asked_->answer.applications.push_back(std::move(each));
  }
  end_status(std::nullopt);
}

void Delivery::end_status(std::optional<Failure> failure) {
  asked_->answer.failure = failure;
  StatusAnswer answer = std::move(asked_->answer);
  asked_.reset();
  announcer_.tell(std::move(answer));
}

// An application that is being sent may take longer than somebody waits.
void Delivery::give_up_status() {
  if (asked_ && !asked_->sent && clock_.now() >= asked_->until) end_status(Failure::net_platform_busy);
}

}  // namespace offline_cache
