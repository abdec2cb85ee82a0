// Every fault at many places of a job: it ends in one way that is true, never prints twice, and leaves nothing for the
// next resident.
#include <atomic>
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

struct Printer {
  const char* name;
  EscposMachineType type;
  std::string profile;
};

Printer capable() { return {"capable", {}, "epson-tm-80mm"}; }

// Knows next to nothing, like the cheapest clones.
Printer plain() {
  EscposMachineType type;
  type.receive_buffer = 4096;
  type.answers_process_id = type.answers_automatic_status = type.clears_buffers = false;
  return {"plain", type, "generic-80mm"};
}

// Between the two: it reports by itself, but keeps its buffers.
Printer middling() {
  EscposMachineType type;
  type.receive_buffer = 8192;
  type.answers_process_id = type.clears_buffers = false;
  return {"middling", type, "generic-80mm"};
}

hal::PrinterProfile profile_of(const Printer& printer) {
  auto loaded = profile(printer.profile);
  if (!printer.type.answers_automatic_status) loaded.automatic_status = hal::Support::unknown;
  return loaded;
}

struct Reference {
  std::vector<std::uint8_t> first, next;  // ink of the two tickets
  long rows = 0, bytes = 0;               // of the first
};

Reference reference(const Printer& printer) {
  Rig rig(printer.type, profile_of(printer));
  rig.start();
  rig.await(DeviceState::online);
  const long rows = rig.machine->rows(), bytes = static_cast<long>(rig.machine->received().size());
  EXPECT_EQ(rig.print(short_ticket("A-017")).outcome, PrintOutcome::confirmed);
  Reference found;
  found.rows = rig.machine->rows() - rows;
  found.bytes = static_cast<long>(rig.machine->received().size()) - bytes;
  rig.print(short_ticket("B-222"));
  const auto tickets = rig.machine->tickets();
  EXPECT_EQ(tickets.size(), 2U);
  found.first = ink_of(tickets.front());
  found.next = ink_of(tickets.back());
  return found;
}

void check_result(const Rig& rig, const hal::PrintFinished& result, const Reference& expected) {
  const auto pieces = inked(*rig.machine);
  if (result.outcome == PrintOutcome::not_printed) { EXPECT_TRUE(pieces.empty()); }
  if (result.outcome == PrintOutcome::confirmed) {
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_EQ(pieces.front(), expected.first);
    EXPECT_EQ(rig.machine->tickets().size(), 1U);
  } else {
    EXPECT_NE(result.failure, std::nullopt);
  }
}

// After help: ready, nothing of the old job hangs or waits, and the next ticket bears its own dots only.
void check_next_resident(Rig& rig, const Reference& expected) {
  rig.await(DeviceState::online);
  EXPECT_FALSE(has_ink(rig.machine->hanging())) << "something hangs at the mouth";
  const auto before = inked(*rig.machine).size();
  EXPECT_EQ(rig.print(short_ticket("B-222")).outcome, PrintOutcome::confirmed);
  const auto pieces = inked(*rig.machine);
  ASSERT_EQ(pieces.size(), before + 1) << "something old came out";
  EXPECT_EQ(ink_of(rig.machine->tickets().back()), expected.next);
  const auto copies = std::count(pieces.begin(), pieces.end(), expected.first);
  EXPECT_LE(copies, 1) << "the same ticket twice";
  EXPECT_TRUE(rig.results.empty()) << "a job ended twice";
}

class AFault : public testing::TestWithParam<int> {
 protected:
  Printer printer() const { return GetParam() == 0 ? capable() : GetParam() == 1 ? middling() : plain(); }
};

TEST_P(AFault, after_any_number_of_rows_ends_the_job_truly_and_leaves_nothing) {
  const auto expected = reference(printer());
  for (const auto trouble : {paper_out, cover_open, overheated, broken, silent, dead})
    for (long row = 1; row <= expected.rows; row += expected.rows / 7) {
      SCOPED_TRACE(testing::Message() << printer().name << " trouble " << static_cast<int>(trouble) << " after row " << row);
      Rig rig(printer().type, profile_of(printer()));
      rig.start();
      rig.await(DeviceState::online);
      rig.machine->begin_after_rows(row, trouble);
      const auto result = rig.print(short_ticket("A-017"));
      check_result(rig, result, expected);
      rig.machine->end(trouble);
      check_next_resident(rig, expected);
    }
}

TEST_P(AFault, after_any_number_of_bytes_ends_the_job_truly_and_leaves_nothing) {
  const auto expected = reference(printer());
  for (const auto trouble : {paper_out, cover_open, silent})
    for (long byte = 1; byte <= expected.bytes; byte += byte < 40 ? 9 : expected.bytes / 6) {
      SCOPED_TRACE(testing::Message() << printer().name << " trouble " << static_cast<int>(trouble) << " after byte " << byte);
      Rig rig(printer().type, profile_of(printer()));
      rig.timing.idle_check = std::chrono::hours{1};
      rig.start();
      rig.await(DeviceState::online);
      rig.machine->begin_after_bytes(byte, trouble);
      const auto result = rig.print(short_ticket("A-017"));
      check_result(rig, result, expected);
      rig.machine->end(trouble);
      check_next_resident(rig, expected);
    }
}

TEST_P(AFault, of_the_knife_leaves_the_ticket_unknown_and_the_next_clean) {
  const auto expected = reference(printer());
  Rig rig(printer().type, profile_of(printer()));
  rig.start();
  rig.await(DeviceState::online);
  rig.machine->begin(knife_blocked);
  const auto result = rig.print(short_ticket("A-017"));
  EXPECT_EQ(result.outcome, PrintOutcome::unknown);
  EXPECT_EQ(result.failure, Failure::print_cutter_jam);
  EXPECT_LT(result.evidence, Evidence::cut);
  rig.await(faulted_by(Failure::print_cutter_jam), Failure::print_cutter_jam);
  rig.machine->end(knife_blocked);
  check_next_resident(rig, expected);
}

std::string name_of(const testing::TestParamInfo<int>& kind) {
  return kind.param == 0 ? "capable" : kind.param == 1 ? "middling" : "plain";
}
INSTANTIATE_TEST_SUITE_P(OfAnyPrinter, AFault, testing::Values(0, 1, 2), name_of);

TEST(PaperThatEndsInATicket, is_told_and_the_rest_never_comes_out) {
  EscposMachineType type;
  type.rows_per_second = 4000;  // so that much is waiting when it ends
  type.receive_buffer = 128 * 1024;
  Rig rig(type);
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
  Rig rig;
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

// A transport whose cable comes out after so many bytes.
class LooseCable final : public hal::ByteTransport {
 public:
  LooseCable(std::unique_ptr<hal::ByteTransport> inner, std::shared_ptr<hal::EscposMachine> machine, std::atomic<long>& left)
      : inner_(std::move(inner)), machine_(std::move(machine)), left_(left) {}
  const hal::TransportInfo& info() const override { return inner_->info(); }
  hal::Transferred write(std::span<const std::uint8_t> bytes, milliseconds patience) override {
    const auto most = static_cast<std::size_t>(std::max(0L, left_.load()));
    auto done = inner_->write(bytes.first(std::min(bytes.size(), most)), patience);
    left_ -= static_cast<long>(done.count);
    if (done.count == most && done.count < bytes.size()) {
      machine_->unplug();
      done.error = hal::TransportError::gone;
    }
    return done;
  }
  hal::Transferred read(std::span<std::uint8_t> buffer, milliseconds patience) override { return inner_->read(buffer, patience); }
  void cancel() override { inner_->cancel(); }

 private:
  std::unique_ptr<hal::ByteTransport> inner_;
  std::shared_ptr<hal::EscposMachine> machine_;
  std::atomic<long>& left_;
};

class LooseCables final : public hal::TransportFactory {
 public:
  LooseCables(std::shared_ptr<hal::EscposMachine> machine, std::atomic<long>& left)
      : inner_(hal::make_simulated_transport(machine)), machine_(machine), left_(left) {}
  std::unique_ptr<hal::ByteTransport> open() override {
    auto transport = inner_->open();
    return transport ? std::make_unique<LooseCable>(std::move(transport), machine_, left_) : nullptr;
  }
  void wait_for_device(milliseconds patience) override { inner_->wait_for_device(patience); }
  void cancel() override { inner_->cancel(); }

 private:
  std::unique_ptr<hal::TransportFactory> inner_;
  std::shared_ptr<hal::EscposMachine> machine_;
  std::atomic<long>& left_;
};

TEST(ACableThatComesOut, anywhere_in_a_job_leaves_nothing_for_the_next_resident) {
  for (const Printer& printer : {capable(), middling()}) {
    const auto expected = reference(printer);
    for (long byte = 0; byte < expected.bytes; byte += byte < 20 ? 3 : expected.bytes / 11) {
      SCOPED_TRACE(testing::Message() << printer.name << " after byte " << byte);
      Rig rig(printer.type, profile_of(printer));
      std::atomic<long> left{1L << 40};
      rig.timing.idle_check = std::chrono::hours{1};
      rig.start_on(std::make_unique<LooseCables>(rig.machine, left));
      rig.await(DeviceState::online);
      left = byte;
      const auto result = rig.print(short_ticket("A-017"));
      EXPECT_NE(result.outcome, PrintOutcome::confirmed);
      EXPECT_EQ(result.failure, Failure::print_no_printer);
      check_result(rig, result, expected);
      left = 1L << 40;
      rig.await(DeviceState::no_device);
      rig.machine->plug();
      check_next_resident(rig, expected);
    }
  }
}

TEST(AnImageLeftHalfSent, by_a_program_that_died_is_ended_before_anything_is_printed) {
  for (const bool clears : {true, false}) {
    EscposMachineType type;
    type.clears_buffers = clears;
    Rig rig(type);
    {
      auto other = hal::make_simulated_transport(rig.machine)->open();
      const typeset::DotBitmap picture{576, 200, std::vector<std::uint8_t>(72 * 200, 0xAA)};
      auto bytes = hal::escpos::raster(picture, 0, 200);
      bytes.resize(5000);
      EXPECT_TRUE(other->write(bytes, milliseconds{1000}).ok());
    }
    rig.start();
    const auto expected = reference({"stuck", type, "epson-tm-80mm"});
    check_next_resident(rig, expected);
    EXPECT_EQ(rig.machine->stray_characters(), 0);
    const auto received = rig.machine->received();
    EXPECT_LT(std::count(received.begin(), received.end(), '@'), 40) << "ended by patience, not by padding";
  }
}

TEST(APrinterThatDropsBytesWhenFlooded, prints_whole_tickets_because_the_driver_waits) {
  EscposMachineType type;
  type.rows_per_second = 4000;
  type.receive_buffer = 24 * 1024;
  type.drops_when_full = true;
  Rig rig(type, "generic-80mm");
  rig.timing.stall = std::chrono::seconds{20};
  rig.timing.stuck = std::chrono::seconds{20};
  rig.start();
  EXPECT_EQ(rig.print(receipt()).outcome, PrintOutcome::confirmed);
  Rig healthy;
  healthy.start();
  healthy.print(receipt());
  EXPECT_EQ(ink_of(rig.machine->tickets().back()), ink_of(healthy.machine->tickets().back()));
}

}  // namespace
