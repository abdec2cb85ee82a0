// What the screens draw from. Everything personal is inside `session`; destroying it ends the visit.
#pragma once

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "base/secret.h"
#include "hal/device_health.h"
#include "hal/person.h"
#include "hal/printer.h"
#include "kiosk/address_parts.h"
#include "kiosk/eligibility.h"
#include "kiosk/event.h"
#include "kiosk/photo.h"
#include "kiosk/service_definition.h"
#include "offline_cache/ledger.h"
#include "offline_cache/status_query.h"
#include "offline_cache/submission.h"

namespace kiosk {

enum class Stage : std::uint8_t {
  welcome,       // nobody is here
  identify,      // waiting for the card a chosen service needs
  services,      // choose a service
  not_eligible,  // the service is not for this person (yet); says why
  question,      // one question of the service
  check,         // read everything back, change any answer, submit
  saving,        // the application is being committed
  receipt,       // code, printing, what happens next
  status,        // what has become of earlier applications
  windows,       // which window a queue number is for
  ticket,        // a queue number is given and printed
  take_card,     // the visit is over and wiped; the card still lies there
  wiped,         // says that everything was cleared; then welcome
};

// A page over the stage; at most one.
enum class Overlay : std::uint8_t { none, still_there, card_away, help, voice, keys, staff_pin, staff };

enum class PrintProgress : std::uint8_t { none, printing, printed, not_printed, unknown };

// While the staff's PIN is asked for, and on the staff's page.
struct Staff {
  base::Secret pin;       // typed so far
  bool checking = false;  // it is being compared
  bool refused = false;   // the last one was wrong
  std::chrono::seconds locked_for{0};
  hal::PrintJobId test_job = 0;  // 0 = no test page was asked for
  PrintProgress test_print = PrintProgress::none;
};

// Answers by question id, with the photographs of those that have some. Overwritten when destroyed, replaced or erased.
class Answers {
 public:
  Answers() = default;
  ~Answers();
  Answers(Answers&&) noexcept = default;
  Answers& operator=(Answers&&) noexcept;
  const nlohmann::json* find(const std::string& question) const;                  // null when not answered
  const std::vector<Photograph>& photographs(const std::string& question) const;  // none: an empty list
  void set(const std::string& question, nlohmann::json value, std::vector<Photograph> photographs = {});
  void erase(const std::string& question);
  bool empty() const { return values_.empty(); }
  nlohmann::json as_object() const;  // a copy: the caller wipes it
 private:
  std::map<std::string, nlohmann::json> values_;
  std::map<std::string, std::vector<Photograph>> photographs_;
};

enum class PhotoStep : std::uint8_t {
  intro,  // what it is for; the camera is off
  aim,    // the camera is looked through
  look,   // a picture was taken: is it good?
  kept,   // those that were kept are shown
};

// A `photo` question while it is answered.
struct PhotoEntry {
  PhotoStep step = PhotoStep::intro;
  std::optional<hal::CameraFrame> frame;  // what the camera sees, or what was taken; never written anywhere
  std::uint64_t number = 0;               // of the frame, of its own in this process
  PhotoEye eye;
  PhotoView view = PhotoView::unknown;      // as the screen tells it: what was seen for a moment is left out
  PhotoView view_now = PhotoView::unknown;  // of the last frame
  base::Instant view_since{};               // since when it has been that
  std::vector<Photograph> taken;
};

enum class EntryProblem : std::uint8_t;  // entry.h

// A queue number: nothing in it is about the person.
struct VisitTicket {
  base::Uuid id;
  const ServiceDefinition* service = nullptr;  // its `ticket` is the window
  std::optional<offline_cache::Ticket> given;
  std::optional<int> ahead;  // people; nothing: not known
};

inline constexpr std::size_t kReceiptSymbols = 7;  // six and the check symbol, of offline_cache/receipt_code.h

// What somebody asks about applications made before.
struct EarlierApplications {
  std::optional<base::Uuid> asking;                   // the question that is under way
  std::optional<offline_cache::StatusAnswer> answer;  // to the last one
  bool by_paper = false;                              // it was asked with a receipt's code
  bool typing = false;                                // the code is typed, into Session::typed
};

struct Session {
  std::optional<hal::Person> person;
  std::optional<Category> category;  // whose services are listed; nothing: none was chosen
  const ServiceDefinition* service = nullptr;
  EligibilityResult eligibility;
  Answers answers;
  std::set<std::string> skipped;          // optional questions the resident chose not to answer
  std::set<std::string> left_to_staff;    // questions the staff will ask: "ask staff to fill this in"
  std::size_t question = 0;               // index into service->questions while stage is question
  bool changing = false;                  // came from the check page and goes back to it
  std::optional<std::size_t> chosen;      // selected one of form_choices.h of the current question
  std::set<std::size_t> marked;           // of a `choices` question
  base::Secret digits;                    // typed so far for the current question
  base::Secret typed;                     // words, a scanned text or a signature's path, so far
  std::optional<TextWay> way;             // how words are given now; nothing = choosing the way
  std::optional<AddressPart> part;        // the part of an address that is corrected now
  AddressParts address;                   // as corrected so far
  base::Secret whole_address;             // as the card or the earlier answer has it; empty once a part was corrected
  std::optional<hal::Person> laid;        // the second card of a `card` question
  PhotoEntry photo;                       // of a `photo` question
  EntryProblem problem{};                 // of the last thing that was given, until the next press
  std::chrono::year_month_day today{};    // when the question came up: a list of days does not move under a finger
  int minute = 0;                         // of that day
  bool answer_refused = false;            // Next was pressed, but the question's schema does not take the answer
  std::optional<base::Uuid> application;  // made on entering the check page; one for all retries
  base::Secret submitted;                 // the bytes given to the queue under that id: a retry gives the same
  std::optional<offline_cache::Saved> saved;
  std::optional<std::string> received_number;
  std::optional<VisitTicket> ticket;
  EarlierApplications earlier;
  PrintProgress print = PrintProgress::none;
  std::optional<base::Failure> print_failure;
  bool copy = false;           // what is printed now is marked as a copy
  bool earlier_paper = false;  // a job before this one is, or may be, on paper
};

// Overwrites what was selected and entered for the current question.
void clear_entry(Session& session);
// Overwrites also what is short enough to live inside the object itself.
void wipe(Session& session);

struct VisitState {
  Stage stage = Stage::welcome;
  Overlay overlay = Overlay::none;
  std::optional<Session> session;       // nothing at welcome, take_card and wiped
  std::optional<base::Failure> notice;  // a plain sentence on the current page; goes with the next press
  int seconds_left = 0;                 // of the countdown, while an overlay counts
  bool card_on_plate = false;
  bool paper_to_take = false;  // of the visit that has just ended
  Language language = "zh";
  TextStep text_step = TextStep::normal;
  Theme theme = Theme::standard;
  bool low_layout = false;
  bool steady = false;   // for hands that tremble
  bool closed = false;   // staff closed the machine: it says so and takes nobody
  bool resting = false;  // nobody has been here for kInactivity: the attract page
  Staff staff;
  VoiceSettings voice;
  bool headset = false;                                                    // plugged in: speech goes there and nowhere else
  hal::DeviceHealth reader{hal::DeviceState::starting, std::nullopt, {}};  // until the driver has looked
  hal::DeviceHealth printer;
  hal::DeviceHealth scanner;
  hal::DeviceHealth camera;
  std::optional<base::Failure> touch, sound;  // what is wrong with them
  offline_cache::Link link = offline_cache::Link::unknown;
  offline_cache::IntakeChanged intake;
  offline_cache::QueueCounts queue;
  std::optional<base::Failure> audit;   // why nothing new may begin: what happens cannot be written down
  std::vector<LocalText> notices;       // of the hall, for the screens
  std::chrono::year_month_day today{};  // in the hall, at the last event; for ages
};

// Progress of the form: the current question among those asked under the answers so far; the check page is the last step.
struct Step {
  int number = 0;  // from 1
  int of = 0;
};

}  // namespace kiosk
