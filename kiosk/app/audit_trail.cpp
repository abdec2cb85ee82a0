#include "kiosk/app/audit_trail.h"

#include <algorithm>
#include <string>

namespace kiosk {
namespace {

using namespace offline_cache;

AuditWord word_of(hal::PrintOutcome outcome) {
  switch (outcome) {
    case hal::PrintOutcome::confirmed:
      return "confirmed";
    case hal::PrintOutcome::not_printed:
      return "not-printed";
    case hal::PrintOutcome::unknown:
      break;
  }
  return "unknown";
}

// With the failure in its place, when there is one.
AuditRecord with(AuditRecord record, const std::optional<base::Failure>& failure) {
  if (failure) record.add(*failure);
  return record;
}

AuditWord word_of(QueueAction::Kind kind) {
  switch (kind) {
    case QueueAction::Kind::retry:
      return "queue-retry";
    case QueueAction::Kind::hold:
      return "queue-hold";
    case QueueAction::Kind::discard:
      return "queue-discard";
    case QueueAction::Kind::carry:
      break;
  }
  return "queue-export";
}

AuditRecord about(AuditEvent event, const QueueAction& action) {
  AuditRecord record(event);
  record.add(word_of(action.kind));
  if (action.kind == QueueAction::Kind::carry)
    record.add(std::int64_t{});  // there is no one record it was done to: "-"
  else
    record.add(action.id);
  return record;
}

class CourierNews {
 public:
  explicit CourierNews(Registrar& registrar) : registrar_(registrar) {}
  void operator()(const Saved& saved) const { registrar_.record(AuditRecord(AuditEvent::application_saved).add(saved.id)); }
  void operator()(const SaveFailed& failed) const {
    registrar_.record(AuditRecord(AuditEvent::application_not_saved).add(failed.id).add(failed.failure));
  }
  void operator()(const Received& received) const {
    registrar_.record(AuditRecord(AuditEvent::application_received).add(received.id));
  }
  void operator()(const Refused& refused) const {
    registrar_.record(AuditRecord(AuditEvent::application_refused).add(refused.id).add(refused.failure));
  }
  void operator()(const IntakeChanged& intake) const {
    registrar_.record(
        with(AuditRecord(AuditEvent::intake_changed).add(intake.open ? AuditWord("open") : AuditWord("closed")), intake.failure));
  }
  void operator()(const LinkChanged& link) const {
    registrar_.record(with(AuditRecord(AuditEvent::link_changed).add(link.link == Link::up ? AuditWord("up") : AuditWord("down")),
                           link.failure));
  }
  void operator()(const QueueCounts& counts) const { registrar_.note_queue(counts); }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  Registrar& registrar_;
};

}  // namespace

AuditRecord audit_record_of(const QueueAction& action) {
  AuditRecord record = about(AuditEvent::operator_asked, action);
  record.add(action.by);
  return record;
}

AuditRecord audit_record_of(const QueueActionDone& done) {
  return with(about(AuditEvent::operator_acted, done.action), done.failure);
}

void AuditTrail::happens(const Event& event) {
  std::visit([this](const auto& each) { on(each); }, event);
}

void AuditTrail::stands(const VisitState& state) {
  const bool visit = state.session.has_value();
  if (visit == visit_) return;
  visit_ = visit;
  registrar_.record(AuditRecord(visit ? AuditEvent::visit_began : AuditEvent::visit_ended));
}

void AuditTrail::on(const CourierEvent& event) { std::visit(CourierNews(registrar_), event); }

void AuditTrail::device(AuditWord name, const hal::DeviceHealth& health) {
  if (health.state == hal::DeviceState::busy) return;  // at work, many times a visit
  std::string state(hal::name_of(health.state));
  std::replace(state.begin(), state.end(), ' ', '-');
  registrar_.record(with(AuditRecord(AuditEvent::device_changed).add(name).add(AuditWord::of(state)), health.failure));
}

void AuditTrail::on(const hal::PrinterEvent& event) {
  if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) return device("printer", *health);
  if (const auto* finished = std::get_if<hal::PrintFinished>(&event))
    registrar_.record(with(AuditRecord(AuditEvent::print_ended).add(word_of(finished->outcome)), finished->failure));
}

void AuditTrail::on(const hal::CardReaderEvent& event) {
  if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) device("card-reader", *health);
}

}  // namespace kiosk
