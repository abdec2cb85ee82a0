// The bytes of a whole job, as they arrive at the printer.
#include <cstdlib>
#include <fstream>

#include "base/hex.h"
#include "hal/printer/receipt_layout.h"
#include "tests/hal/printer_rig.h"

namespace {

using namespace printer_rig;

struct JobBytes {
  std::string bytes;
  int rows = 0;  // of the picture
};

JobBytes job_bytes(const std::string& profile_name, const hal::PrintDocument& document) {
  PrinterRig rig({}, profile_name);
  rig.timing.idle_check = std::chrono::hours{1};
  rig.start();
  rig.await(hal::DeviceState::online);
  const auto before = rig.machine->received().size();
  EXPECT_EQ(rig.print(document).outcome, hal::PrintOutcome::confirmed);
  const auto all = rig.machine->received();
  auto typesetter = typeset::Typesetter::create(kFonts);
  const auto picture = hal::lay_out(document, profile(profile_name), **typesetter);
  return {{all.begin() + static_cast<std::ptrdiff_t>(before), all.end()}, picture->height};
}

TEST(AJob, asks_before_it_begins_and_after_it_ends) {
  const auto job = job_bytes("epson-tm-80mm", short_ticket());
  const std::string questions = "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04";
  EXPECT_EQ(job.bytes.find(questions + "\x1b@\x1dP"), 0U);
  EXPECT_EQ(job.bytes.find("\x1b@", 14), std::string::npos) << "initialised again: would clear the next job";
  const std::string end = job.bytes.substr(job.bytes.size() - 2 * questions.size());
  EXPECT_EQ(end, questions + questions);  // the job's, and the idle printer's health
}

TEST(AJob, marks_the_last_line_and_the_cut) {
  const auto job = job_bytes("epson-tm-80mm", short_ticket());
  const std::string mark("\x1d(H\x06\x00\x30\x30", 7), cut("\x1dVB\x00", 4), fence("\x1dr\x01");
  const auto first = job.bytes.find(mark), knife = job.bytes.find(cut), second = job.bytes.rfind(mark);
  EXPECT_LT(first, knife);
  EXPECT_LT(knife, second);
  EXPECT_LT(second, job.bytes.rfind(fence));
}

TEST(AJob, sends_no_process_id_to_a_printer_that_may_not_know_it) {
  EXPECT_EQ(job_bytes("generic-80mm", short_ticket()).bytes.find("\x1d(H"), std::string::npos);
}

TEST(AJob, feeds_blank_rows_instead_of_sending_them) {
  const auto job = job_bytes("epson-tm-80mm", receipt());
  EXPECT_LT(static_cast<double>(job.bytes.size()), 0.7 * job.rows * 72);
}

// With LINLI_ESCPOS_JOB set, leaves the bytes for tests/hal/npos/run.sh.
TEST(AJob, is_made_of_commands_another_parser_knows) {
  const auto job = job_bytes("epson-tm-80mm", receipt());
  EXPECT_GT(job.rows, 500);
  if (const char* path = std::getenv("LINLI_ESCPOS_JOB")) {
    std::ofstream(std::string(path) + ".bin", std::ios::binary) << job.bytes;
    std::ofstream(std::string(path) + ".txt") << job.rows << " linli:HP-03:7K4-29M-6\n";
  }
}

}  // namespace
