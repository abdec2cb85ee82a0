// Writes down what happens to a terminal, as events of the audit log: nothing of what a resident says or is.
#pragma once

#include "kiosk/event.h"
#include "kiosk/visit_state.h"
#include "offline_cache/operator_desk.h"
#include "offline_cache/registrar.h"

namespace kiosk {

// What an operator is about to do to the queue, and which account it is. With what words is not part of it.
offline_cache::AuditRecord audit_record_of(const offline_cache::QueueAction& action);
// What came of it.
offline_cache::AuditRecord audit_record_of(const offline_cache::QueueActionDone& done);

class AuditTrail {
 public:
  explicit AuditTrail(offline_cache::Registrar& registrar) : registrar_(registrar) {}

  // Before the visit handles it.
  void happens(const Event& event);
  // After.
  void stands(const VisitState& state);

 private:
  void on(const offline_cache::CourierEvent& event);
  void on(const hal::PrinterEvent& event);
  void on(const hal::CardReaderEvent& event);
  template <class Press>
  void on(const Press&) {}
  void device(offline_cache::AuditWord name, const hal::DeviceHealth& health);

  offline_cache::Registrar& registrar_;
  bool visit_ = false;
};

}  // namespace kiosk
