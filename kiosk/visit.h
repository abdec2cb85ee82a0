// One resident's visit as a pure state machine: (state, event, moment) → (state, commands). No I/O, no clock of its own, no
// thread: the same events give the same visit.
//
//   welcome ─card→ services ─choose→ question… → check ─submit→ saving ─Saved→ receipt ─done→ take_card → wiped → welcome
//      │            ├─my earlier applications→ status
//      │            └─take a number→ windows ─choose→ ticket ─done→ wiped
//      └─browse→ services ─choose→ identify ─card→ ┘         any stage ─start over, inactivity, other card→ wiped
//
// Inactivity: after kInactivity without a sign of the resident the visit asks; without an answer in kTimeToAnswer it
// wipes. It asks likewise before it takes back a language, a size or the help page from somebody who began nothing yet.
// Nothing else times out on a person. While the machine works (saving, printing) or speaks, time does not count.
// A lifted card asks the same question at once. The receipt stage is reached only from a Saved of this application's id.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/uuid.h"
#include "kiosk/command.h"
#include "kiosk/event.h"
#include "kiosk/moment.h"
#include "kiosk/offer.h"
#include "kiosk/translations.h"
#include "kiosk/visit_state.h"

namespace kiosk {

inline constexpr std::chrono::seconds kInactivity{180};           // VVSG 7.2-O: 2 to 5 minutes
inline constexpr std::chrono::seconds kTimeToAnswer{45};          // VVSG 7.2-O: 20 to 45 seconds
inline constexpr std::chrono::seconds kGoodbye{8};                // how long "everything is cleared" stands, unless touched
inline constexpr std::chrono::milliseconds kWaitForOffice{3000};  // after Saved, with the link up, for "received, number N"
// Both answer in every case; should one not, the resident is told that it is not known and the visit goes on.
inline constexpr std::chrono::seconds kQueuePatience{30};     // for Saved or SaveFailed
inline constexpr std::chrono::seconds kPrinterPatience{120};  // for PrintFinished
inline constexpr std::chrono::seconds kAnswerPatience{12};    // for StatusAnswer
inline constexpr std::chrono::seconds kTicketPatience{10};    // for TicketIssued or TicketFailed
inline constexpr std::chrono::seconds kLongestSpeech{300};    // for Speaking{false}: a voice that hangs holds no visit open

// What does not change while the program runs.
struct Hall {
  std::string name_zh, name_en;  // on the header and on paper
  std::string terminal;          // "HP-03"
  std::string hotline;           // shown in help and on paper; may be empty
  Language default_language = "zh";
  bool staff_page = false;  // staff have a PIN
};

class Visit {
 public:
  // All references outlive the visit.
  Visit(const Hall& hall, const std::vector<ServiceDefinition>& services, const Translations& translations,
        base::UuidSource& ids);

  Commands handle(Event event, const Moment& now);
  // Commands that bring the devices in line with the first state; called once at start.
  Commands start();

  const VisitState& state() const { return state_; }
  const Hall& hall() const { return hall_; }
  const std::vector<ServiceDefinition>& services() const { return offer_ ? offer_->services : services_; }
  // When TimePassed is due; nothing = never. At most once a second, and only while something counts.
  std::optional<base::Instant> deadline() const;

  Step step() const;                         // while question or check
  const Question* current_question() const;  // null unless stage is question
  bool can_go_on() const;                    // Next would accept the current selection or digits
  int digits_missing() const;                // of the current digits question; 0 when enough

 private:
  // visit.cpp tells the events apart; what each does stands in the file of its concern. Presses that a page over the
  // stage hides, and those that mean nothing on the current page, do nothing.
  static bool is_press(const Event& event);
  void press(Event event);
  void enter(Stage stage);
  // visit_services.cpp
  void on(BrowseServices);
  void on(const ChooseService& chosen);
  void on(ChooseCategory chosen);
  void on(AnotherService);
  void refuse_intake();
  void begin_service();
  void forget_application();
  // visit_ticket.cpp
  void on(OpenWindows);
  void on(const offline_cache::RegistrarEvent& event);
  void on(const offline_cache::TicketIssued& issued);
  void on(const offline_cache::TicketFailed& failed);
  void on(const offline_cache::AuditChanged& changed) { state_.audit = changed.failure; }
  void on(const offline_cache::ClockCompared&) {}
  void on(const offline_cache::Recorded&) {}
  void on(const offline_cache::CatalogueTaken&) {}  // comes as OfferChanged when its services are read
  void on(OfferChanged changed) { next_offer_ = std::move(changed.offer); }
  void take_ticket(const ServiceDefinition& service);
  bool awaits_number() const;  // it was asked for, and the answer has not come
  bool awaits_ticket(const base::Uuid& id) const;
  void give_up_ticket();
  void adopt_offer();
  // visit_status.cpp
  void on(OpenStatus);
  void on(TypeReceipt);
  void on(const offline_cache::StatusAnswer& answer);
  void ask_status_by_card();
  void ask_status_by_paper(std::string_view code);
  void ask_status(offline_cache::StatusQuestion question);
  bool awaits_status() const { return state_.stage == Stage::status && state_.session->earlier.asking; }
  void give_up_status();
  void back_from_status();
  bool receipt_is_typed() const;  // and its check symbol fits
  bool types_receipt() const { return state_.stage == Stage::status && state_.session->earlier.typing; }
  bool type_receipt(std::string_view symbols);  // true: it was for the receipt's code
  // visit_answer.cpp
  void on(ChooseOption option);
  void on(PressDigit press);
  void on(EraseDigit);
  void on(ClearDigits);
  const Question* question_to_answer();
  void enter_question(std::size_t index);
  // visit_words.cpp
  void on(ChooseWay chosen);
  void on(ChoosePhrase phrase);
  void on(TypeText text);
  void on(Sign sign);
  void on(CorrectPart correct);
  void on(LeaveToStaff);
  void take_words(const Question& question, std::string_view words);
  void turn_phrases(const Language& before);
  void keep_part();
  void leave_part();
  bool back_within_question();
  std::vector<hal::PayloadKind> wanted_codes() const;
  void on(hal::CodeScannerEvent event);
  void on(hal::CodeScanned scanned);
  void on(const hal::ScanRefused& refused);
  // visit_photo.cpp
  void on(TakePhoto);
  void on(KeepPhoto);
  void on(DropPhoto);
  void on(AimCamera);
  void on(hal::CameraEvent event);
  void take_frame(hal::CameraFrame frame);
  PhotoEntry* photo_entry(PhotoStep step);  // of the question now, at this step; null = none
  void photo_goes_to(PhotoStep step);
  void camera_is(const hal::DeviceHealth& camera);
  PhotoStep before_camera() const;
  bool back_within_photos();
  bool wants_pictures() const;
  // visit_form.cpp
  void on(Next);
  void on(Skip);
  void on(Back);
  void on(const ChangeAnswer& change);
  void leave_question(bool changed);
  void back_from_question();
  void enter_check();
  // visit_saving.cpp
  void on(SubmitApplication);
  void on(const offline_cache::CourierEvent& event);
  void on(const offline_cache::Saved& saved);
  void on(const offline_cache::SaveFailed& failed);
  void on(const offline_cache::Received& received);
  void on(const offline_cache::Refused& refused);
  void on(const offline_cache::LinkChanged& changed);
  void on(const offline_cache::IntakeChanged& changed) { state_.intake = changed; }
  void on(const offline_cache::QueueCounts& counts) { state_.queue = counts; }
  bool awaits_queue(const base::Uuid& id) const;
  void give_up_waiting();
  // visit_printing.cpp
  void on(PrintAgain);
  void on(PaperIsHere);
  void on(const hal::PrinterEvent& event);
  void printer_is(const hal::DeviceHealth& printer);
  bool paper_came_out() const;  // of this visit, as far as is known, and nobody was seen taking it
  void on(const hal::PrintFinished& finished);
  void enter_receipt();
  bool on_paper() const { return state_.stage == Stage::receipt || state_.stage == Stage::ticket; }
  void print();
  void give_up_printer();
  // visit_card.cpp
  void on(hal::CardReaderEvent event);
  void on(const hal::HealthChecked&) {}  // for staff, not for a visit
  void reader_is(const hal::DeviceHealth& reader);
  void take_second_card(hal::Person person);
  bool is_second_card(const hal::Person& person) const;
  void on(hal::CardLaid);
  void on(hal::CardRead read);
  void on(const hal::CardRejected& rejected);
  void on(hal::CardLifted);
  void meet(hal::Person person);
  void begin_with(hal::Person person);
  void want_card();  // tells the reader
  bool wants_card() const;
  bool wants_photo() const;
  // visit_presence.cpp
  void on(StartOver);
  void on(Done);
  void on(StillHere) {}
  void on(OpenHelp);
  void on(OpenVoice);
  void on(OpenKeys);
  void on(CloseHelp) {}
  void on(const SetLanguage& wish);
  void on(SetTextStep wish);
  void on(SetTheme wish);
  void on(SetLowLayout wish);
  void on(SetSteady wish);
  void on(ResetSettings);
  // visit_staff.cpp
  void on(OpenStaff);
  void on(CloseStaff);
  void on(const DoStaff&) {}  // only on the staff's page, see staff_takes
  void on(const StaffPinChecked& checked);
  bool staff_takes(const Event& event);
  void type_pin(const Event& event);
  void carry_out(StaffAction action);
  void leave_staff();
  void close_hall(bool closed);
  bool test_page_finished(const hal::PrintFinished& finished);
  static bool is_setting(const Event& event);
  bool settings_are_default() const;
  bool may_rest() const;
  void on(const SetVoice& wish);
  void on(HeadsetChanged headset);
  void on(Speaking speaking);
  void on(const OwnPartIs& own) { (own.part == OwnPart::touch ? state_.touch : state_.sound) = own.failure; }
  void on(Touched) {}
  bool overlay_takes(const Event& event);
  void ask(Overlay question);
  void answer_overlay();
  void close_overlay();
  void leave_services();  // or only the category
  void end_visit();
  void end_session();
  void enter_wiped();
  void enter_welcome();
  void forget_settings();
  void reset_settings();
  void reset_looks();
  VoiceSettings first_voice() const;
  // visit_clock.cpp
  void on(TimePassed);
  void count_down();
  bool machine_works() const;
  bool settings_are_left() const;
  bool time_counts() const;

  const Hall& hall_;
  const std::vector<ServiceDefinition>& services_;
  const Translations& translations_;
  base::UuidSource& ids_;
  VisitState state_;

  std::shared_ptr<const Offer> offer_, next_offer_;  // in use, and from the next visit on; null: services_
  Moment now_;                                       // of the event being handled
  Commands commands_;                                // of the event being handled
  bool wanting_card_ = false;                        // what the reader was told last
  bool wanting_photo_ = false;                       // with it
  std::vector<hal::PayloadKind> wanting_codes_;      // what the scanner was told last
  bool wanting_pictures_ = false;                    // what the camera was told last
  std::uint64_t pictures_ = 0;                       // numbers of frames and photographs
  bool rearm_ = false;                               // a scan ends the arming
  bool own_card_on_plate_ = false;                   // the card on the plate is the one of session->person
  bool notice_is_about_card_ = false;                // and goes when the card is lifted
  Overlay beneath_ = Overlay::none;                  // what "are you still there?" covers: help and its like
  bool speaking_ = false;
  base::Instant speaking_since_;
  base::Instant last_sign_;      // of the resident
  base::Instant asked_at_;       // when the overlay that counts came up
  base::Instant waiting_since_;  // for the queue, the office or the printer; or since "cleared" stands
  hal::PrintJobId last_job_ = 0;
};

}  // namespace kiosk
