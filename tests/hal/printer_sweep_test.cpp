// The proof: every fault at many places of whole jobs, on every profile. Each job ends confirmed, not printed or unknown,
// and that is true of the paper; no number comes out twice; nothing is left for the next resident.
// LINLI_SOAK_STEP=1 tries every byte (hours); without it, a few hundred faults in seconds.
#include <fmt/format.h>

#include <cstdlib>

#include "tests/hal/printer_rig.h"

namespace {

using namespace printer_rig;
using enum hal::PrinterTrouble;
using hal::DeviceState;
using hal::EscposMachine;
using hal::EscposMachineType;
using hal::PrinterTrouble;
using hal::PrintOutcome;

struct PrinterKind {
  const char* name;
  const char* profile;
  EscposMachineType type;
};

// Knows nothing beyond DLE EOT and GS r, like the cheapest clones.
EscposMachineType plain() {
  EscposMachineType type;
  type.receive_buffer = 4096;
  type.answers_process_id = type.answers_automatic_status = type.clears_buffers = type.answers_identity = false;
  return type;
}

EscposMachineType narrow() {
  auto type = plain();
  type.dots_per_line = 384;
  return type;
}

EscposMachineType without_knife() {
  auto type = narrow();
  type.has_cutter = false;
  return type;
}

// Reports by itself, but keeps its buffers.
EscposMachineType middling() {
  EscposMachineType type;
  type.receive_buffer = 8192;
  type.answers_process_id = type.clears_buffers = false;
  return type;
}

EscposMachineType with_dialect() {
  auto type = narrow();
  type.status_dialect = {0x80, 0, 0, 0};
  return type;
}

EscposMachineType with_presenter(hal::PresenterKind kind) {
  auto type = plain();
  type.presenter = kind;
  return type;
}

std::vector<PrinterKind> kinds() {
  return {{"capable", "epson-tm-80mm", {}},
          {"middling", "generic-80mm", middling()},
          {"plain", "generic-80mm", plain()},
          {"without_knife", "generic-58mm", without_knife()},
          {"with_dialect", "cashino-kp-628e", with_dialect()},
          {"custom_kpm", "custom-kpm-presenter", with_presenter(hal::PresenterKind::custom_kpm)},
          {"citizen_pmu", "citizen-pmu-presenter", with_presenter(hal::PresenterKind::citizen_pmu)}};
}

struct Fault {
  const char* name;
  void (*arm)(EscposMachine&, long byte);
  void (*end)(EscposMachine&);
};

template <PrinterTrouble trouble>
constexpr Fault fault_of(const char* name) {
  return {name, [](EscposMachine& machine, long byte) { machine.begin_after_bytes(byte, trouble); },
          [](EscposMachine& machine) { machine.end(trouble); }};
}

constexpr void (*kPlug)(EscposMachine&) = [](EscposMachine& machine) { machine.plug(); };
const std::vector<Fault> kFaults{
    {"unplugged", [](EscposMachine& machine, long byte) { machine.unplug_after_bytes(byte); }, kPlug},
    {"power lost", [](EscposMachine& machine, long byte) { machine.lose_power_after_bytes(byte); }, kPlug},
    fault_of<paper_out>("paper out"),
    fault_of<cover_open>("cover open"),
    fault_of<knife_blocked>("knife blocked"),
    fault_of<overheated>("overheated"),
    fault_of<broken>("broken"),
    fault_of<silent>("silent"),
    fault_of<dead>("dead"),
};

using Ink = std::vector<std::uint8_t>;

std::vector<Ink> collect(EscposMachine& machine) {
  machine.take_ticket();  // what is offered is taken
  std::vector<Ink> inks;
  for (const auto& piece : machine.collect())
    if (has_ink(piece)) inks.push_back(ink_of(piece));
  return inks;
}

// Tickets long enough to span several strips and fences, and cheap to lay out.
hal::PrintDocument ticket(int number) {
  hal::PrintDocument document;
  document.blocks = {hal::PrintHeading{"和平"}, hal::PrintCode{fmt::format("{:03}", number)}};
  return document;
}

class AJobOnAPrinter : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    kind_ = kinds()[GetParam()];
    profile_ = profile(kind_.profile);
    if (profile_.presenter) profile_.presenter->taken_within = profile_.presenter->retract_after = std::chrono::seconds{0};
    rig_ = std::make_unique<PrinterRig>(kind_.type, profile_);
    rig_->timing.idle_check = std::chrono::hours{1};
    rig_->timing.idle_listen = milliseconds{1};
    rig_->start();
    rig_->await(DeviceState::online);
  }

  // Prints a healthy ticket: exactly this, once, whole.
  void print_next(int number) {
    await_ready();
    EXPECT_EQ(rig_->print(ticket(number)).outcome, PrintOutcome::confirmed);
    const auto pieces = collect(*rig_->machine);
    ASSERT_EQ(pieces.size(), 1U) << "something old came out, or nothing";
    EXPECT_TRUE(pieces.front() == expected_ink(ticket(number), profile_)) << "another ticket than was sent";
  }
  // Asked, because what it said last may be about a moment ago.
  void await_ready() {
    const auto deadline = std::chrono::steady_clock::now() + kPrinterLong;
    do rig_->machine->take_ticket();
    while (rig_->check(hal::HealthCheck::active).health.state != DeviceState::online &&
           std::chrono::steady_clock::now() < deadline);
    EXPECT_EQ(rig_->health.state, DeviceState::online);
  }
  void try_fault(const Fault& fault, long byte);

  static long step(long bytes) {
    const char* asked = std::getenv("LINLI_SOAK_STEP");
    return asked != nullptr ? std::max(1L, std::strtol(asked, nullptr, 10)) : bytes / 3 + 1;
  }

  PrinterKind kind_{};
  hal::PrinterProfile profile_;
  std::unique_ptr<PrinterRig> rig_;
  int number_ = 0;
};

void AJobOnAPrinter::try_fault(const Fault& fault, long byte) {
  SCOPED_TRACE(fmt::format("{}: {} after byte {}", kind_.name, fault.name, byte));
  auto& machine = *rig_->machine;
  const int faulty = ++number_, next = ++number_;
  const auto ink = expected_ink(ticket(faulty), profile_);
  fault.arm(machine, byte);
  const auto result = rig_->print(ticket(faulty));
  auto pieces = collect(machine);
  if (result.outcome == PrintOutcome::confirmed) {
    EXPECT_TRUE(pieces == std::vector<Ink>{ink}) << "it was said to be printed";
  } else {
    EXPECT_NE(result.failure, std::nullopt);
  }
  machine.call_off();
  fault.end(machine);
  await_ready();
  if (kind_.type.has_cutter) { EXPECT_FALSE(has_ink(machine.hanging())) << "something hangs at the mouth"; }
  const auto late = collect(machine);
  pieces.insert(pieces.end(), late.begin(), late.end());
  EXPECT_LE(std::count(pieces.begin(), pieces.end(), ink), 1) << "one number twice";
  if (result.outcome == PrintOutcome::not_printed) { EXPECT_TRUE(pieces.empty()) << "it was said that nothing came out"; }
  print_next(next);
  EXPECT_TRUE(rig_->results.empty()) << "a job ended twice";
}

TEST_P(AJobOnAPrinter, ends_truly_whatever_goes_wrong_wherever) {
  const auto before = rig_->machine->received().size();
  print_next(++number_);
  const long bytes = static_cast<long>(rig_->machine->received().size() - before);
  long first = 1;  // another for each fault, so that few points are many places
  for (const auto& fault : kFaults) {
    for (long byte = first; byte < bytes; byte += step(bytes)) {
      try_fault(fault, byte);
      if (HasFailure()) return;
    }
    first = (first + bytes / 29) % step(bytes) + 1;
  }
}

TEST_P(AJobOnAPrinter, loses_nothing_to_a_printer_that_drops_what_comes_too_fast) {
  auto type = kind_.type;
  type.rows_per_second = 20'000;
  type.receive_buffer = profile_.fence_every_bytes + 64;
  type.drops_when_full = true;
  kind_.type = type;
  rig_ = std::make_unique<PrinterRig>(type, profile_);
  rig_->timing.stall = rig_->timing.stuck = std::chrono::seconds{20};
  rig_->timing.reply = milliseconds{300};
  rig_->start();
  await_ready();
  EXPECT_EQ(rig_->print(receipt()).outcome, PrintOutcome::confirmed);
  EXPECT_TRUE(collect(*rig_->machine) == std::vector<Ink>{expected_ink(receipt(), profile_)});
}

std::string name_of(const testing::TestParamInfo<std::size_t>& info) { return kinds()[info.param].name; }
INSTANTIATE_TEST_SUITE_P(OfAnyKind, AJobOnAPrinter, testing::Range(std::size_t{0}, kinds().size()), name_of);

}  // namespace
