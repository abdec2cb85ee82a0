// One running terminal: the visit, its devices and its courier, joined by one queue of events. Everything but ask()
// belongs to one thread, the one that draws.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <variant>
#include <vector>

#include "base/mailbox.h"
#include "hal/camera.h"
#include "hal/card_reader.h"
#include "hal/code_scanner.h"
#include "hal/printer.h"
#include "kiosk/app/audit_trail.h"
#include "kiosk/app/control/control_requests.h"
#include "kiosk/app/device_board.h"
#include "kiosk/app/queue_desk.h"
#include "kiosk/app/staff_pin.h"
#include "kiosk/app/update_desk.h"
#include "kiosk/visit.h"
#include "offline_cache/courier.h"

namespace kiosk {

struct Devices {
  std::unique_ptr<hal::CardReader> card_reader;
  std::unique_ptr<hal::CodeScanner> code_scanner;
  std::unique_ptr<hal::Printer> printer;
  std::unique_ptr<hal::Camera> camera;
  std::unique_ptr<offline_cache::Registrar> registrar;  // outlives the courier, which tells it what operators did
  std::unique_ptr<offline_cache::Courier> courier;
  std::vector<DevicePlace> places;  // of those above that are devices; for staff
};

struct Sinks {
  hal::CardReaderSink cards;
  hal::CodeScannerSink codes;
  hal::PrinterSink papers;
  hal::CameraSink pictures;
  offline_cache::CourierSink answers;
  offline_cache::RegistrarSink books;
};

// Makes the devices; each reports through the sink it is given, from its own thread.
using Wiring = std::function<Devices(Sinks)>;

struct KioskParts {  // all outlive the kiosk
  const Hall& hall;
  const std::vector<ServiceDefinition>& services;
  const Translations& translations;
  const base::Clock& clock;
  base::Random& random;
  StaffPin* staff_pin = nullptr;  // null: there is no staff's page
};

// Now, with the clock on the wall in the time zone of this machine.
Moment local_moment(const base::Clock& clock);

// Until the clock on the page shows the next minute, or, while the machine rests, until that page moves.
std::chrono::nanoseconds picture_stands_for(const base::Clock& clock, bool resting);

class Kiosk {
 public:
  // `wake` is called from any thread when an event waits for handle_waiting().
  Kiosk(const KioskParts& parts, const Wiring& wiring, std::function<void()> wake);

  const Visit& visit() const { return visit_; }
  Moment moment() const { return local_moment(clock_); }

  void handle(Event event);
  // Any thread: a question of staff's tools, answered by handle_waiting().
  void ask(ControlCall call);
  // From any thread: handled with the next handle_waiting().
  void post(Event event) { events_.post(std::move(event)); }
  // Handles everything that has arrived and the clock's due event; true when there was anything.
  bool handle_waiting();
  // The courier's sign of life; `answered` is called on its thread.
  void ping_courier(std::function<void()> answered) { devices_.courier->ping(std::move(answered)); }
  // When to call handle_waiting() at the latest: the visit's deadline, or when the picture is another without any event.
  base::Instant deadline() const;
  // True once after a visit ended: the caller overwrites its own copies.
  bool take_forget();

 private:
  void post(offline_cache::RegistrarEvent event);  // the registrar's thread
  void post(hal::CameraEvent event);               // the camera's
  void use_keys_of(const offline_cache::CatalogueTaken& taken);
  void note(const Event& event);
  void tell_clock(ControlCall call) const;
  void carry_out(Commands commands);
  void carry_out(WantCard command);
  void carry_out(WantCode command);
  void carry_out(WantPictures command) { devices_.camera->want_frames(command.wanted); }
  void carry_out(SubmitToQueue command) { devices_.courier->submit(std::move(command.submission)); }
  void carry_out(Print command) { devices_.printer->print(command.job, std::move(command.document)); }
  void carry_out(const CheckStaffPin& command);
  void carry_out(SendNow) { devices_.courier->send_now(); }
  void carry_out(CheckReader) { devices_.card_reader->check(hal::HealthCheck::active); }
  void carry_out(AskStatus command) { devices_.courier->ask_status(std::move(command.question)); }
  void carry_out(const IssueTicket& command) { devices_.registrar->issue_ticket(command.id, command.series); }
  void carry_out(ForgetEverything) { forget_ = true; }
  void offer_requests();  // kiosk_requests.cpp

  const base::Clock& clock_;
  const Translations& translations_;
  StaffPin* staff_pin_;
  base::UuidSource ids_;
  Visit visit_;
  bool forget_ = false;
  std::optional<std::chrono::seconds> clock_ahead_;  // of the platform's; nothing: it has not been asked yet
  std::atomic<bool> frame_waits_ = false;            // one is in events_; of those that come meanwhile nobody would see anything
  base::Instant frame_posted_{};                     // of the camera's thread
  base::Mailbox<std::variant<Event, ControlCall>> events_;
  Devices devices_;   // goes before the mailbox: no event after its threads have stopped
  AuditTrail trail_;  // writes to devices_.registrar
  DeviceBoard board_;
  QueueDesk queue_desk_;
  UpdateDesk update_desk_;
  ControlRequests requests_;
};

}  // namespace kiosk
