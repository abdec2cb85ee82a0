#include <algorithm>
#include <functional>

#include "kiosk/entry.h"
#include "kiosk/form.h"
#include "ui/screens/gallery.h"
#include "ui/screens/photo_scenes.h"
#include "ui/screens/status_scenes.h"
#include "ui/screens/ticket_scenes.h"

namespace ui {
namespace {

using kiosk::Stage;
using kiosk::VisitState;
using namespace std::chrono_literals;

hal::Person sample_person() {
  hal::Person person;
  person.name = base::Secret("王秀兰");
  person.sex = hal::Sex::female;
  person.ethnic_code = "01";
  person.birth = base::Secret("19410308");
  person.address = base::Secret("虚构省样例市和平里3号楼2单元501");
  person.id_number = base::Secret("00000019410308002X");
  person.authority = base::Secret("样例市公安局");
  person.valid_from = "20160308";
  person.checks = {true, true, true, true, hal::Validity::valid};
  return person;
}

VisitState base_state(Stage stage) {
  VisitState state;
  state.stage = stage;
  state.reader.state = hal::DeviceState::online;
  state.printer.state = hal::DeviceState::online;
  state.link = offline_cache::Link::up;
  state.intake.open = true;
  state.today = gallery_moment().date;
  return state;
}

VisitState with_person(Stage stage, const kiosk::ServiceDefinition* service, bool person = true) {
  VisitState state = base_state(stage);
  state.session.emplace();
  state.session->service = service;
  state.session->today = state.today;
  state.scanner.state = hal::DeviceState::online;
  state.camera.state = hal::DeviceState::online;
  if (!person) return state;
  state.session->person = sample_person();
  state.card_on_plate = true;
  return state;
}

constexpr std::string_view kAddress = "虚构省样例市和平里3号楼2单元501";
constexpr std::string_view kSignature = "M40 30l60 0 8 40-50 20M120 20l0 80M110 55l50-8 10 30-30 20M190 25l60 0-60 70 70 0";

std::string digits_for(const kiosk::Question& question, int count) {
  const std::string_view sample = question.kind == kiosk::InputKind::date        ? "20260308"
                                  : question.kind == kiosk::InputKind::id_number ? "000000198105060031"
                                  : question.kind == kiosk::InputKind::amount    ? "1200"
                                                                                 : "13800138000138001380";
  return std::string(sample.substr(0, static_cast<std::size_t>(std::clamp(count, 0, 20))));
}

nlohmann::json sample_answer(const kiosk::Question& question) {
  using enum kiosk::InputKind;
  if (question.kind == choices) return nlohmann::json::array({question.options.front().value});
  if (!question.options.empty() && question.kind != confirm) return question.options.front().value;
  if (question.kind == yes_no) return true;
  if (kiosk::is_any_of(question.kind, confirm, address)) return std::string(kAddress);
  if (question.kind == date) return "2026-03-08";
  if (question.kind == slot) return question.slots.front();
  if (question.kind == amount) return 1200;
  if (question.kind == photo) return 1;
  if (question.kind == card) return nlohmann::json{{"name", "李小军"}, {"id_number", "000000198105060031"}};
  if (question.kind == name) return "李小军";
  if (question.kind == text) return "路灯不亮，看不清";
  if (question.kind == code) return "7K4-29M-3";
  if (question.kind == signature) return std::string(kSignature);
  if (question.kind == phone) return digits_for(question, 11);
  if (question.kind == id_number) return digits_for(question, 18);
  return digits_for(question, question.digits.most);
}

void answer_all(VisitState& state) {
  for (const kiosk::Question& question : state.session->service->questions)
    state.session->answers.set(question.id, sample_answer(question));
}

hal::Person helper() {
  hal::Person person = sample_person();
  person.name = base::Secret("李小军");
  person.id_number = base::Secret("000000198105060031");
  return person;
}

// As a resident left it: nothing yet or half of it, or a whole answer.
void fill(const kiosk::Question& question, kiosk::Session& session, bool answered) {
  using enum kiosk::InputKind;
  if (kiosk::uses_keys(question, session)) {
    const auto layout = kiosk::key_layout(question, session);
    session.digits = base::Secret(digits_for(question, answered ? layout.most : layout.fewest / 2));
  } else if (question.kind == address) {
    const bool from_card = session.person && !question.prefill.empty();
    if (!from_card && !answered) return;
    session.whole_address = base::Secret(kAddress);
    session.address = kiosk::split_address(kAddress);
  } else if (!answered) {
    return;
  } else if (question.kind == choices) {
    session.marked = {0, 2};
  } else if (question.kind == card) {
    session.laid = helper();
  } else if (question.kind == photo) {
    session.photo.step = kiosk::PhotoStep::kept;
    session.photo.taken.push_back(sample_photograph(1));
  } else if (kiosk::is_any_of(question.kind, name, text, code, signature)) {
    session.typed = base::Secret(sample_answer(question).get<std::string>());
  } else {
    session.chosen = 0;
  }
}

class Scenes {
 public:
  void add(std::string name, VisitState state, int missing = 0) {
    scenes_.push_back({std::move(name), std::move(state), {}, nullptr, false, missing});
  }

  bool has(std::string_view name) const {
    return std::any_of(scenes_.begin(), scenes_.end(), [name](const Scene& each) { return each.name == name; });
  }

  void questions(const kiosk::ServiceDefinition& service) {
    const int of = static_cast<int>(service.questions.size()) + 1;
    for (std::size_t i = 0; i < service.questions.size(); ++i) question(service, i, of);
  }

  // A question with its entry as `change` leaves it.
  void entry(const kiosk::ServiceDefinition& service, std::string_view id, const std::string& name,
             const std::function<void(kiosk::Session&)>& change) {
    entry_of_visit(service, id, name, [&](VisitState& state) { change(*state.session); });
  }
  void entry_of_visit(const kiosk::ServiceDefinition& service, std::string_view id, const std::string& name,
                      const std::function<void(VisitState&)>& change) {
    for (std::size_t i = 0; i < service.questions.size(); ++i) {
      const kiosk::Question& asked = service.questions[i];
      if (asked.id != id) continue;
      VisitState state = with_person(Stage::question, &service, service.needs_card);
      state.session->question = i;
      fill(asked, *state.session, false);
      change(state);
      const int missing = kiosk::keys_missing(asked, *state.session);
      const bool photographed = !state.session->photo.taken.empty();
      scenes_.push_back({name,
                         std::move(state),
                         {static_cast<int>(i) + 1, static_cast<int>(service.questions.size()) + 1},
                         &asked,
                         photographed,
                         missing});
    }
  }

  void form(const std::string& name, VisitState state, int step, int of) {
    add(name, std::move(state));
    scenes_.back().step = {step, of};
    scenes_.back().can_go_on = true;
  }

  Scene& last() { return scenes_.back(); }
  std::vector<Scene> take() { return std::move(scenes_); }

 private:
  void question(const kiosk::ServiceDefinition& service, std::size_t index, int of) {
    const kiosk::Question& question = service.questions[index];
    if (has("question-" + question.id)) return;  // another service asks the same
    const bool often = std::any_of(scenes_.begin(), scenes_.end(), [&](const Scene& each) {
      return each.question != nullptr && each.question->kind == question.kind && each.state.session->service != &service;
    });
    for (const bool answered : {false, true}) {
      if (answered && often) break;  // an answered page of this kind is there already
      VisitState state = with_person(Stage::question, &service, service.needs_card);
      state.session->question = index;
      Scene scene{"question-" + question.id + (answered ? "-answered" : ""),
                  std::move(state),
                  {static_cast<int>(index) + 1, of},
                  &question,
                  answered,
                  0};
      fill(question, *scene.state.session, answered);
      scene.digits_missing = kiosk::keys_missing(question, *scene.state.session);
      scene.can_go_on = !kiosk::answer_given(question, *scene.state.session).is_null();
      scenes_.push_back(std::move(scene));
    }
  }

  std::vector<Scene> scenes_;
};

void add_start(Scenes& scenes, const kiosk::ServiceDefinition& service) {
  scenes.add("welcome", base_state(Stage::welcome));
  VisitState broken = base_state(Stage::welcome);
  broken.reader = {hal::faulted_by(base::Failure::card_no_reader), base::Failure::card_no_reader, {}};
  broken.link = offline_cache::Link::down;
  scenes.add("welcome-no-reader", std::move(broken));
  VisitState resting = base_state(Stage::welcome);
  resting.resting = true;
  scenes.add("attract", std::move(resting));
  VisitState closed = base_state(Stage::welcome);
  closed.closed = true;
  scenes.add("closed", std::move(closed));
  scenes.add("services", with_person(Stage::services, nullptr, false));
  scenes.add("services-identified", with_person(Stage::services, nullptr));
  VisitState listed = with_person(Stage::services, nullptr);
  listed.session->category = service.category;
  scenes.add("services-of-a-category", std::move(listed));
  scenes.add("identify", with_person(Stage::identify, &service, false));
  VisitState moved = with_person(Stage::identify, &service, false);
  moved.notice = base::Failure::card_moved;
  scenes.add("identify-card-moved", std::move(moved));
  VisitState refused = with_person(Stage::not_eligible, &service);
  refused.session->eligibility = {kiosk::Eligibility::not_yet,
                                  {kiosk::LocalText({{"zh", "满八十岁前一个月起可以申请，到时候请再来。"},
                                                     {"en", "You can apply from one month before your 80th birthday."}})}};
  scenes.add("not-eligible", std::move(refused));
}

// Pages of a question beyond its first, and what is told when something is wrong.
void add_entries(Scenes& scenes, const std::vector<kiosk::ServiceDefinition>& services) {
  using kiosk::AddressPart;
  using kiosk::TextWay;
  for (const kiosk::ServiceDefinition& service : services) {
    const auto words = [](TextWay way) {
      return [way](kiosk::Session& session) {
        session.way = way;
        session.typed = base::Secret("楼上");
      };
    };
    scenes.entry(service, "words", "words-scan", words(TextWay::scan));
    scenes.entry(service, "words", "words-handwriting", words(TextWay::handwriting));
    scenes.entry(service, "words", "words-pinyin", words(TextWay::pinyin));
    scenes.entry(service, "words", "words-strokes", words(TextWay::strokes));
    scenes.entry(service, "since", "date-month", [](kiosk::Session& s) { s.digits = base::Secret("1985"); });
    scenes.entry(service, "since", "date-day", [](kiosk::Session& s) { s.digits = base::Secret("198503"); });
    scenes.entry(service, "since", "date-none", [](kiosk::Session& s) { s.digits = base::Secret("20260231"); });
    scenes.entry(service, "new_address", "address-area", [](kiosk::Session& s) { s.part = AddressPart::area; });
    scenes.entry(service, "new_address", "address-room", [](kiosk::Session& s) { s.part = AddressPart::room; });
    scenes.entry(service, "landlord_number", "number-wrong",
                 [](kiosk::Session& s) { s.digits = base::Secret("000000198105060038"); });
    for (const PhotoScene& each : photo_scenes()) scenes.entry_of_visit(service, "proof", each.name, each.change);
    scenes.entry(service, "helper", "helper-same-card", [](kiosk::Session& s) { s.problem = kiosk::EntryProblem::same_card; });
  }
}

// What covers a page: whether to start over, and the curtain.
void add_covers(Scenes& scenes, const kiosk::ServiceDefinition& service) {
  scenes.entry(service, service.questions.front().id, "start-over", [](kiosk::Session&) {});
  scenes.last().press = "start-over";
  VisitState hidden = with_person(Stage::saving, &service);
  hidden.voice.on = true;
  hidden.voice.curtain = true;
  scenes.add("curtain", std::move(hidden));
}

void add_check(Scenes& scenes, const kiosk::ServiceDefinition& service) {
  const int of = static_cast<int>(service.questions.size()) + 1;
  const bool first = !scenes.has("check");
  for (const bool offline : {false, true}) {
    if (offline && !first) break;
    VisitState state = with_person(Stage::check, &service);
    answer_all(state);
    if (offline) state.link = offline_cache::Link::down;
    scenes.form(offline ? "check-offline" : first ? "check" : "check-" + service.id, std::move(state), of, of);
  }
}

void show_faults(VisitState& state) {
  state.printer = {hal::faulted_by(base::Failure::print_no_paper), base::Failure::print_no_paper, {}};
  state.link = offline_cache::Link::down;
  state.scanner.state = hal::DeviceState::online;
  state.touch = base::Failure::touch_stuck;
  state.queue.queued = 7;
  state.queue.acknowledged = 52;
  state.staff.test_print = kiosk::PrintProgress::not_printed;
}

VisitState receipt_state(const kiosk::ServiceDefinition& service, kiosk::PrintProgress print) {
  VisitState state = with_person(Stage::receipt, &service);
  state.session->saved = offline_cache::Saved{{}, "7K4-29M-6", gallery_moment().wall};
  state.session->print = print;
  return state;
}

void add_end(Scenes& scenes, const kiosk::ServiceDefinition& service) {
  using kiosk::PrintProgress;
  scenes.add("saving", with_person(Stage::saving, &service));
  scenes.add("receipt-printing", receipt_state(service, PrintProgress::printing));
  VisitState received = receipt_state(service, PrintProgress::printed);
  received.session->received_number = "2026-000017";
  scenes.add("receipt-received", std::move(received));
  VisitState no_paper = receipt_state(service, PrintProgress::not_printed);
  no_paper.session->print_failure = base::Failure::print_no_paper;
  no_paper.link = offline_cache::Link::down;
  scenes.add("receipt-no-paper", std::move(no_paper));
  VisitState unknown = receipt_state(service, PrintProgress::unknown);
  unknown.session->print_failure = base::Failure::print_outcome_unknown;
  scenes.add("receipt-unknown", std::move(unknown));
  VisitState left = base_state(Stage::take_card);
  left.card_on_plate = true;
  VisitState left_with_paper = base_state(Stage::take_card);
  left_with_paper.card_on_plate = left_with_paper.paper_to_take = true;
  scenes.add("take-card", std::move(left));
  scenes.add("take-card-paper", std::move(left_with_paper));
  scenes.add("wiped", base_state(Stage::wiped));
  VisitState wiped_with_paper = base_state(Stage::wiped);
  wiped_with_paper.paper_to_take = true;
  scenes.add("wiped-paper", std::move(wiped_with_paper));
  for (const auto& [name, overlay] :
       {std::pair{"still-there", kiosk::Overlay::still_there}, std::pair{"card-away", kiosk::Overlay::card_away},
        std::pair{"help", kiosk::Overlay::help}, std::pair{"voice", kiosk::Overlay::voice},
        std::pair{"keys", kiosk::Overlay::keys}, std::pair{"staff-pin", kiosk::Overlay::staff_pin},
        std::pair{"staff", kiosk::Overlay::staff}}) {
    VisitState state = with_person(Stage::services, nullptr);
    state.overlay = overlay;
    state.seconds_left = 28;
    state.voice.on = overlay == kiosk::Overlay::voice;
    if (overlay == kiosk::Overlay::staff_pin) state.staff.pin = base::Secret("2468");
    if (overlay == kiosk::Overlay::staff) show_faults(state);
    scenes.add(name, std::move(state));
  }
  VisitState reading = base_state(Stage::welcome);
  reading.overlay = kiosk::Overlay::still_there;
  reading.seconds_left = 28;
  scenes.add("still-there-no-visit", std::move(reading));
}

}  // namespace

VisitView Scene::view(const kiosk::Hall& hall, const std::vector<kiosk::ServiceDefinition>& services) const {
  VisitView view(state, hall, services);
  view.step = step;
  view.question = question;
  view.can_go_on = can_go_on;
  view.digits_missing = digits_missing;
  return view;
}

kiosk::Moment gallery_moment() {
  kiosk::Moment moment;
  moment.instant = base::Instant{1h};
  moment.date = std::chrono::year{2026} / 11 / 23;
  moment.wall = std::chrono::sys_days{moment.date} + 1h + 41min;  // the hall is eight hours ahead
  moment.hour = 9;
  moment.minute = 41;
  return moment;
}

std::vector<Scene> all_scenes(const std::vector<kiosk::ServiceDefinition>& services) {
  Scenes scenes;
  if (services.empty()) return {};
  const kiosk::ServiceDefinition* carded = &services.front();
  for (const kiosk::ServiceDefinition& service : services)
    if (service.needs_card) carded = &service;
  add_start(scenes, *carded);
  scenes.questions(*carded);
  for (const kiosk::ServiceDefinition& service : services)
    if (&service != carded) scenes.questions(service);
  add_entries(scenes, services);
  add_covers(scenes, *carded);
  for (StatusScene& each : status_scenes(services, [](bool person) { return with_person(Stage::status, nullptr, person); }))
    scenes.add(std::move(each.name), std::move(each.state), each.missing);
  for (auto& [name, state] : ticket_scenes(services, [](Stage stage) { return with_person(stage, nullptr, false); }))
    scenes.add(std::move(name), std::move(state));
  add_check(scenes, *carded);
  for (const kiosk::ServiceDefinition& service : services)
    if (service.needs_card && &service != carded) add_check(scenes, service);
  add_end(scenes, *carded);
  return scenes.take();
}

}  // namespace ui
