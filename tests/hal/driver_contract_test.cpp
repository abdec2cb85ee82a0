// What every driver of the table promises, each on its own model, with the waiting times of the field: it appears, works,
// vanishes in the middle, returns, is fed noise, is cancelled, times out, has a cable that flaps. A new row is tested without a
// new line here, if its model knows one of the words of its class below.
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/mailbox.h"
#include "hal/registry/driver_table.h"
#include "hal/simulated/escpos_machine.h"
#include "test_places.h"

// Of a sanitizer's own heap (sanitizer/allocator_interface.h), which mallinfo2() does not know.
extern "C" __attribute__((weak)) std::size_t __sanitizer_get_current_allocated_bytes();

namespace {

using namespace std::chrono_literals;
using hal::DeviceClass;
using hal::Driver;

constexpr auto kPatience = 60s;  // a loaded machine
constexpr auto kSoon = 15s;      // for what must not wait for a device

std::string code(base::Failure failure) { return std::string(base::entry(failure).code); }

// What a driver says, as short words.
struct Words {
  std::string operator()(const hal::DeviceHealth& health) const { return std::string(name_of(health.state)); }
  std::string operator()(const hal::HealthChecked& checked) const { return checked.passed ? "check passed" : "check failed"; }
  std::string operator()(const hal::CardLaid&) const { return "laid"; }
  std::string operator()(const hal::CardRead&) const { return "done"; }
  std::string operator()(const hal::CardRejected& card) const { return "refused " + code(card.failure); }
  std::string operator()(const hal::CardLifted&) const { return "lifted"; }
  std::string operator()(const hal::CodeScanned&) const { return "done"; }
  std::string operator()(const hal::ScanRefused& scan) const { return "refused " + code(scan.failure); }
  std::string operator()(const hal::CameraFrame&) const { return "done"; }
  std::string operator()(const hal::PrintFinished& print) const {
    return print.outcome == hal::PrintOutcome::confirmed ? "done" : "unfinished";
  }
};

hal::PrintDocument ticket() {
  hal::PrintDocument document;
  document.blocks = {hal::PrintHeading{"和平社区"}, hal::PrintCode{"A-017"}};
  return document;
}

// A driver of the table with its model.
class DriverAtWork {
 public:
  explicit DriverAtWork(const Driver& chosen) : driver(chosen), model(chosen.make_model()) {}

  void start() {
    const hal::DriverContext context{clock, [] { return std::chrono::year{2026} / 11 / 27; },
                                     LINLI_SOURCE_DIR "/assets/fonts.conf",
                                     LINLI_SOURCE_DIR "/assets/printers/epson-tm-80mm.json"};
    const hal::Connection connection{{}, model};
    std::visit(
        [&](const auto make) {
          auto made = make(connection, context, [this](const auto& event) { words.post(std::visit(Words{}, event)); });
          ASSERT_TRUE(made.ok()) << made.error().detail;
          device = *std::move(made);
        },
        driver.make);
  }
  void start_online() {
    start();
    ASSERT_EQ(await({"online"}), "online");
  }

  // The first of `wanted` that is said; "nothing" when none is.
  std::string await(const std::vector<std::string>& wanted, std::chrono::seconds patience = kPatience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (const auto word = words.take_for(deadline - std::chrono::steady_clock::now()))
      if (std::ranges::any_of(wanted, [&](const std::string& each) { return word->starts_with(each); })) return *word;
    return "nothing";
  }
  void say(const std::string& line) { EXPECT_TRUE(model->control(line)) << line; }
  // The first of these words that the model knows.
  void say_one_of(std::initializer_list<const char*> lines) {
    for (const auto* line : lines)
      if (model->control(line)) return;
    ADD_FAILURE() << driver.name << ": its model knows none of the words of its class";
  }

  void begin_work() {
    switch (driver.device_class()) {
      case DeviceClass::card_reader:
        dynamic_cast<hal::CardReader&>(*device).want_card(true);
        return say_one_of({"lay R1", "insert holder"});
      case DeviceClass::code_scanner:
        dynamic_cast<hal::CodeScanner&>(*device).arm({{hal::PayloadKind::ticket_number}});
        return say_one_of({"show A017"});
      case DeviceClass::printer:
        return dynamic_cast<hal::Printer&>(*device).print(++job, ticket());
      case DeviceClass::camera:
        say_one_of({"lay 1"});
        return dynamic_cast<hal::Camera&>(*device).want_frames(true);
    }
  }
  // A code is shown again and again: one that came before the check began is dropped.
  void do_what_the_check_waits_for(int time) {
    if (driver.device_class() == DeviceClass::card_reader && time == 0) say_one_of({"lay R1", "insert holder"});
    if (driver.device_class() == DeviceClass::code_scanner) say_one_of({"show A017"});
  }
  void end_work() {
    if (driver.device_class() == DeviceClass::camera) dynamic_cast<hal::Camera&>(*device).want_frames(false);
    if (driver.device_class() != DeviceClass::card_reader) return;
    say_one_of({"lift", "pull"});
    EXPECT_EQ(await({"lifted"}), "lifted");
  }
  void replug() {
    say("unplug");
    if (driver.takes(hal::PortKind::pcsc)) return;  // there the cable is the card's slot; a card plugs it
    say("plug");
    EXPECT_EQ(await({"online"}), "online");
  }
  void expect_to_work() {
    begin_work();
    EXPECT_EQ(await({"done", "unfinished", "refused"}), "done");
    end_work();
  }

  const Driver& driver;
  base::SystemClock clock;
  std::shared_ptr<hal::DeviceModel> model;
  base::Mailbox<std::string> words;
  hal::PrintJobId job = 0;
  std::unique_ptr<hal::Device> device;  // last: its thread uses everything above
};

class EveryDriver : public testing::TestWithParam<const Driver*>, protected DriverAtWork {
 protected:
  EveryDriver() : DriverAtWork(*GetParam()) {}
};

std::vector<const Driver*> every_driver() {
  std::vector<const Driver*> rows;
  for (const auto& driver : hal::drivers()) rows.push_back(&driver);
  return rows;
}

std::string name_of_row(const testing::TestParamInfo<const Driver*>& row) {
  std::string name(row.param->name);
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Each, EveryDriver, testing::ValuesIn(every_driver()), name_of_row);

TEST_P(EveryDriver, appears_and_works) {
  start_online();
  expect_to_work();
  expect_to_work();
  EXPECT_EQ(device->statistics().value(hal::Counter::connects), 1U);
}

TEST_P(EveryDriver, is_there_when_its_device_comes_later) {
  say("unplug");
  start();
  say("plug");
  EXPECT_EQ(await({"online"}), "online");
  expect_to_work();
}

TEST_P(EveryDriver, claims_nothing_of_a_device_that_vanishes_in_the_middle_and_works_when_it_returns) {
  start_online();
  say_one_of({"pull-at 1", "unplug-after 1"});
  begin_work();
  const auto said = await({"done", "unfinished", "no device", "offline", "lifted", "refused"});
  EXPECT_NE(said, "done");
  EXPECT_NE(said, "nothing");
  replug();
  expect_to_work();
}

TEST_P(EveryDriver, is_not_led_astray_by_noise) {
  start_online();
  for (const auto* noise :
       {"noise 00", "noise aaaaaa9669000400900094", "noise ffffffffffffffffffffffffffffffff", "noise 1b1d0d0a"}) {
    say(noise);
    device->check(hal::HealthCheck::active);
    EXPECT_EQ(await({"check"}).substr(0, 5), "check");
  }
  say("plug");  // of a slot that was empty
  replug();     // whatever is left of it goes with the cable
  expect_to_work();
}

TEST_P(EveryDriver, can_be_ended_at_any_moment) {
  for (const auto* fault : {"", "silence on", "stall on", "delay 5000", "unplug"}) {
    start();
    if (*fault != '\0') say(fault);
    begin_work();
    device->check(hal::HealthCheck::interactive);
    const auto before = std::chrono::steady_clock::now();
    device.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - before, kSoon) << fault;
    model = GetParam()->make_model();
  }
}

TEST_P(EveryDriver, ends_every_check_of_a_silent_device_and_works_again_afterwards) {
  start_online();
  say("silence on");
  for (const auto level : {hal::HealthCheck::passive, hal::HealthCheck::active}) {
    device->check(level);
    EXPECT_NE(await({"check"}), "nothing");
  }
  say("silence off");
  replug();
  expect_to_work();
}

TEST_P(EveryDriver, knows_of_its_device_without_asking) {
  start_online();
  device->check(hal::HealthCheck::passive);
  EXPECT_EQ(await({"check"}), "check passed");
}

TEST_P(EveryDriver, passes_an_interactive_check_though_no_screen_asked_for_anything) {
  start_online();
  device->check(hal::HealthCheck::interactive);
  std::string said;
  for (int time = 0; time < 60 && (said.empty() || said == "nothing"); ++time) {
    do_what_the_check_waits_for(time);
    said = await({"check", "laid", "done", "refused"}, 1s);
  }
  EXPECT_EQ(said, "check passed");
}

struct Belongings {
  std::ptrdiff_t handles = 0;
  std::ptrdiff_t threads = 0;
  std::size_t heap_bytes = 0;
};

Belongings belongings() {
  const auto entries = [](const char* folder) {
    return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
  };
  const bool sanitized = __sanitizer_get_current_allocated_bytes != nullptr;
  return {entries("/proc/self/fd"), entries("/proc/self/task"),
          sanitized ? __sanitizer_get_current_allocated_bytes() : mallinfo2().uordblks};
}

// ./dev soak sets the number; otherwise as many as a few seconds hold, of which a printer needs four to be there again.
class Flapping {
 public:
  bool go_on() { return rounds_ * kDevices < most_ && std::chrono::steady_clock::now() < end_; }
  void one_round(std::vector<std::unique_ptr<DriverAtWork>>& flapping);
  int cycles() const { return rounds_ * kDevices; }

  static constexpr int kDevices = 8;  // of one driver, at the same time: most of a cycle is waiting

 private:
  const char* const wish_ = std::getenv("LINLI_PLUG_CYCLES");
  const int most_ = wish_ != nullptr ? std::atoi(wish_) : 800;
  const std::chrono::steady_clock::time_point end_ = std::chrono::steady_clock::now() + (wish_ != nullptr ? 24h : 3s);
  int rounds_ = 0;
};

void Flapping::one_round(std::vector<std::unique_ptr<DriverAtWork>>& flapping) {
  ++rounds_;
  for (auto& each : flapping) {
    if (each->driver.takes(hal::PortKind::pcsc)) {
      each->expect_to_work();  // a card comes and goes with its plug
      continue;
    }
    each->say("unplug");
    each->say("plug");
  }
  for (auto& each : flapping) {
    if (!each->driver.takes(hal::PortKind::pcsc)) { EXPECT_EQ(each->await({"online"}), "online"); }
  }
}

// The model of a printer keeps the bytes that it received, in a container that may have grown to twice of that.
std::size_t remembered_by_models(const std::vector<std::unique_ptr<DriverAtWork>>& devices) {
  std::size_t bytes = 0;
  for (const auto& each : devices)
    if (const auto* printer = dynamic_cast<const hal::EscposMachine*>(each->model.get())) bytes += 2 * printer->received().size();
  return bytes;
}

TEST_P(EveryDriver, keeps_nothing_of_a_cable_that_flaps) {
  constexpr std::size_t kNoise = 64 * 1024;  // bytes: a log line, a queue that grew once
  std::vector<std::unique_ptr<DriverAtWork>> devices;
  for (int i = 0; i < Flapping::kDevices; ++i) devices.emplace_back(std::make_unique<DriverAtWork>(*GetParam()))->start();
  for (auto& each : devices) ASSERT_EQ(each->await({"online"}), "online");
  Flapping flapping;
  flapping.one_round(devices);
  const Belongings before = belongings();
  while (flapping.go_on() && !HasFailure()) flapping.one_round(devices);
  const Belongings after = belongings();
  EXPECT_EQ(after.handles, before.handles);
  EXPECT_EQ(after.threads, before.threads);
  EXPECT_LE(after.heap_bytes, before.heap_bytes + kNoise + remembered_by_models(devices));
  std::printf("proof: %s: %d plug cycles; handles %td, then %td; threads %td, then %td; heap %zu bytes, then %zu\n",
              std::string(GetParam()->name).c_str(), flapping.cycles(), before.handles, after.handles, before.threads,
              after.threads, before.heap_bytes, after.heap_bytes);
}

}  // namespace
