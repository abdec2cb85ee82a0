#include "ui/screens/gallery.h"

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
  if (!person) return state;
  state.session->person = sample_person();
  state.card_on_plate = true;
  return state;
}

std::string digits_for(const kiosk::DigitLayout& layout, int count) {
  static constexpr std::string_view kSample = "13800138000138001380";
  (void)layout;
  return std::string(kSample.substr(0, static_cast<std::size_t>(std::clamp(count, 0, 20))));
}

nlohmann::json sample_answer(const kiosk::Question& question) {
  if (!question.options.empty() && question.kind != kiosk::InputKind::confirm) return question.options.front().value;
  if (question.kind == kiosk::InputKind::yes_no) return true;
  if (question.kind == kiosk::InputKind::confirm) return "虚构省样例市和平里3号楼2单元501";
  return digits_for(question.digits, question.digits.most);
}

void answer_all(VisitState& state) {
  for (const kiosk::Question& question : state.session->service->questions)
    state.session->answers.set(question.id, sample_answer(question));
}

class Scenes {
 public:
  void add(std::string name, VisitState state) { scenes_.push_back({std::move(name), std::move(state), {}, nullptr, false, 0}); }

  void questions(const kiosk::ServiceDefinition& service) {
    const int of = static_cast<int>(service.questions.size()) + 1;
    for (std::size_t i = 0; i < service.questions.size(); ++i) question(service, i, of);
  }

  void form(const std::string& name, VisitState state, int step, int of) {
    add(name, std::move(state));
    scenes_.back().step = {step, of};
    scenes_.back().can_go_on = true;
  }

  std::vector<Scene> take() { return std::move(scenes_); }

 private:
  void question(const kiosk::ServiceDefinition& service, std::size_t index, int of) {
    const kiosk::Question& question = service.questions[index];
    for (const bool answered : {false, true}) {
      VisitState state = with_person(Stage::question, &service, service.needs_card);
      state.session->question = index;
      Scene scene{"question-" + question.id + (answered ? "-answered" : ""),
                  std::move(state),
                  {static_cast<int>(index) + 1, of},
                  &question,
                  answered,
                  0};
      if (question.kind == kiosk::InputKind::digits) {
        const int typed = answered ? question.digits.most : question.digits.fewest / 2;
        scene.state.session->digits = base::Secret(digits_for(question.digits, typed));
        scene.digits_missing = std::max(0, question.digits.fewest - typed);
      } else if (answered) {
        scene.state.session->chosen = 0;
      }
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

void add_check(Scenes& scenes, const kiosk::ServiceDefinition& service) {
  const int of = static_cast<int>(service.questions.size()) + 1;
  for (const bool offline : {false, true}) {
    VisitState state = with_person(Stage::check, &service);
    answer_all(state);
    if (offline) state.link = offline_cache::Link::down;
    scenes.form(offline ? "check-offline" : "check", std::move(state), of, of);
  }
  scenes.add("saving", with_person(Stage::saving, &service));
}

void show_faults(VisitState& state) {
  state.printer = {hal::faulted_by(base::Failure::print_no_paper), base::Failure::print_no_paper, {}};
  state.link = offline_cache::Link::down;
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
  scenes.add("take-card", std::move(left));
  scenes.add("wiped", base_state(Stage::wiped));
  for (const auto& [name, overlay] :
       {std::pair{"still-there", kiosk::Overlay::still_there}, std::pair{"card-away", kiosk::Overlay::card_away},
        std::pair{"help", kiosk::Overlay::help}, std::pair{"staff-pin", kiosk::Overlay::staff_pin},
        std::pair{"staff", kiosk::Overlay::staff}}) {
    VisitState state = with_person(Stage::services, nullptr);
    state.overlay = overlay;
    state.seconds_left = 28;
    if (overlay == kiosk::Overlay::staff_pin) state.staff.pin = base::Secret("2468");
    if (overlay == kiosk::Overlay::staff) show_faults(state);
    scenes.add(name, std::move(state));
  }
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
  for (const kiosk::ServiceDefinition& service : services) scenes.questions(service);
  add_check(scenes, *carded);
  add_end(scenes, *carded);
  return scenes.take();
}

}  // namespace ui
