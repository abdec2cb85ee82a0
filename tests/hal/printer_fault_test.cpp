// Single faults that need a story of their own; printer_sweep_test.cpp has every fault everywhere.
#include <thread>

#include "hal/printer/escpos.h"
#include "tests/hal/printer_rig.h"

namespace {

using namespace printer_rig;
using base::Failure;
using enum hal::PrinterTrouble;
using hal::DeviceState;
using hal::EscposMachineType;
using hal::Evidence;
using hal::faulted_by;
using hal::PrintOutcome;

TEST(PaperThatEndsInATicket, is_told_and_the_rest_never_comes_out) {
  EscposMachineType type;
  type.rows_per_second = 4000;  // so that much is waiting when it ends
  type.receive_buffer = 128 * 1024;
  PrinterRig rig(type);
  rig.timing.stall = rig.timing.stuck = std::chrono::seconds{20};
  rig.start();
  rig.await(DeviceState::online);
  rig.machine->begin_after_rows(150, paper_out);
  const auto result = rig.print(receipt());
  EXPECT_EQ(result.outcome, PrintOutcome::unknown);
  EXPECT_EQ(result.failure, Failure::print_no_paper);
  EXPECT_EQ(rig.health.failure, Failure::print_no_paper);
  rig.machine->end(paper_out);
  rig.await(DeviceState::online);
  EXPECT_EQ(count_inked(rig.machine->scraps()), 1U);
  EXPECT_EQ(count_inked(rig.machine->tickets()), 0U);
}

TEST(AHeadThatIsHot, is_waited_for_in_the_middle_of_a_ticket) {
  PrinterRig rig;
  rig.timing.cooling = std::chrono::seconds{20};
  rig.timing.stall = milliseconds{20};
  rig.start();
  rig.await(DeviceState::online);
  const auto hot_at = rig.machine->rows() + 50;
  rig.machine->begin_after_rows(50, overheated);
  rig.printer->print(++rig.last_job, short_ticket());
  while (rig.machine->rows() < hot_at) std::this_thread::yield();
  rig.machine->end(overheated);
  EXPECT_EQ(rig.await_result().outcome, PrintOutcome::confirmed);
}

TEST(AnImageLeftHalfSent, by_a_program_that_died_is_ended_before_anything_is_printed) {
  for (const bool clears : {true, false}) {
    EscposMachineType type;
    type.clears_buffers = clears;
    PrinterRig rig(type);
    {
      auto other = hal::make_simulated_transport(rig.machine)->open();
      const typeset::DotBitmap picture{576, 200, std::vector<std::uint8_t>(72 * 200, 0xAA)};
      auto bytes = hal::escpos::raster(picture, 0, 200);
      bytes.resize(5000);
      EXPECT_TRUE(other->write(bytes, milliseconds{1000}).ok());
    }
    rig.start();
    rig.await(DeviceState::online);
    EXPECT_FALSE(has_ink(rig.machine->hanging())) << "something hangs at the mouth";
    EXPECT_EQ(rig.print(short_ticket("B-222")).outcome, PrintOutcome::confirmed);
    EXPECT_EQ(ink_of(rig.machine->tickets().back()), expected_ink(short_ticket("B-222"), profile("epson-tm-80mm")));
    EXPECT_EQ(rig.machine->stray_characters(), 0);
    const auto received = rig.machine->received();
    EXPECT_LT(std::count(received.begin(), received.end(), '@'), 40) << "ended by patience, not by padding";
  }
}

}  // namespace
