#include "offline_cache/audit_log.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <type_traits>

#include "base/files.h"
#include "base/log.h"
#include "base/secret.h"
#include "offline_cache/audit/audit_folder.h"
#include "offline_cache/audit/audit_line.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_signer.h"

namespace {

using namespace offline_cache;
using namespace std::chrono_literals;

const offline_cache::AuditLimits kHalfAYearInFourFiles{.file_bytes = 4096, .quota_bytes = 16384, .keep = 24h * 180};

class AnAuditLog : public testing::Test {
 protected:
  void SetUp() override { base::log::quiet(); }

  static AuditSigner signer(const test_support::TestSigner& with) {
    const auto bytes = *base::from_hex(with.public_hex());
    const std::string id = base::to_hex(sha256(std::string(bytes.begin(), bytes.end()))).substr(0, 16);
    return {id, [&with](std::string_view text) { return with.sign(text); }};
  }
  bool open() {
    log.reset();
    auto opened = open_audit_log(data, "HP-03", limits, clock, random, signer(key));
    if (!opened) return false;
    log = std::move(opened->log);
    damaged = opened->damaged;
    return true;
  }
  void write(int records) {
    for (int i = 0; i < records; ++i) {
      clock.advance(1s);
      ASSERT_TRUE(log->append(AuditRecord(AuditEvent::visit_began)));
      ASSERT_TRUE(log->sync());
    }
  }
  AuditReport verify() {
    auto report = verify_audit_log(folder, {{key.public_hex()}, known_head});
    EXPECT_TRUE(report) << report.error().detail;
    return report ? *report : AuditReport{};
  }
  std::int64_t first_altered() { return verify().fault.value_or(AuditFault{}).record; }

  std::vector<std::string> lines(const std::filesystem::path& file) {
    std::vector<std::string> found;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) found.push_back(line);
    return found;
  }
  void put(const std::filesystem::path& file, const std::vector<std::string>& text) {
    std::ofstream out(file, std::ios::trunc);
    for (const auto& line : text) out << line << '\n';
  }
  std::filesystem::path only_file() { return audit_files(folder).front(); }

  test_support::TemporaryFolder temporary;
  std::filesystem::path data = temporary / "data", folder = data / "audit";
  test_support::FakeClock clock;
  base::SeededRandom random{5};
  test_support::TestSigner key;
  AuditLimits limits;
  std::unique_ptr<AuditLog> log;
  bool damaged = false;
  std::optional<AuditHead> known_head;
};

TEST_F(AnAuditLog, verifies_with_everything_signed_after_an_orderly_end) {
  ASSERT_TRUE(open());
  write(20);
  const auto id = *base::Uuid::parse("019365a0-0000-7000-8000-000000000001");
  ASSERT_TRUE(log->append(AuditRecord(AuditEvent::application_refused).add(id).add(base::Failure::save_record_held)));
  log.reset();
  const auto report = verify();
  EXPECT_FALSE(report.fault) << report.fault->what;
  EXPECT_EQ(report.terminal, "HP-03");
  EXPECT_EQ(report.last, 23);  // begun, 20 visits, one refusal, the checkpoint
  EXPECT_EQ(report.signed_up_to, 22);
  const auto text = lines(only_file());
  EXPECT_NE(text[22].find("application-refused id=019365a0-0000-7000-8000-000000000001 why=SAVE-008"), std::string::npos)
      << text[22];
}

TEST_F(AnAuditLog, goes_on_where_it_stopped) {
  ASSERT_TRUE(open());
  write(3);
  const auto chain = log->head().chain;
  ASSERT_TRUE(open());
  EXPECT_EQ(log->head().chain, chain);
  write(3);
  log.reset();
  EXPECT_FALSE(verify().fault);
}

// What a failed sync left on no medium is put there before anything is built on it.
TEST_F(AnAuditLog, writes_its_newest_file_again_when_it_is_opened) {
  ASSERT_TRUE(open());
  write(3);
  log.reset();
  const auto bytes = *base::read_file(only_file());
  struct stat before {
  }, after{};
  ASSERT_EQ(stat(only_file().c_str(), &before), 0);
  ASSERT_TRUE(open());
  ASSERT_EQ(stat(only_file().c_str(), &after), 0);
  EXPECT_NE(before.st_ino, after.st_ino);
  EXPECT_EQ(after.st_mode & 0777U, 0600U);
  EXPECT_EQ(*base::read_file(only_file()), bytes);
  EXPECT_EQ(audit_files(folder).size(), 1U);
  write(1);
  EXPECT_FALSE(verify().fault);
}

TEST_F(AnAuditLog, signs_after_a_number_of_records_and_after_a_time) {
  ASSERT_TRUE(open());
  write(kRecordsPerCheckpoint);
  EXPECT_EQ(verify().checkpoints, 1);
  write(1);
  clock.advance(kCheckpointEvery);
  ASSERT_TRUE(log->sync());
  EXPECT_EQ(verify().checkpoints, 2);
}

TEST_F(AnAuditLog, names_the_record_that_was_edited) {
  ASSERT_TRUE(open());
  write(10);
  log.reset();
  const auto text = lines(only_file());
  for (std::size_t i = 1; i < text.size(); ++i) {
    auto changed = text;
    changed[i][changed[i].find('Z')] = 'Y';
    put(only_file(), changed);
    EXPECT_EQ(first_altered(), static_cast<std::int64_t>(i));
  }
}

TEST_F(AnAuditLog, names_the_record_that_was_deleted_or_put_elsewhere) {
  ASSERT_TRUE(open());
  write(10);
  log.reset();
  const auto text = lines(only_file());
  auto changed = text;
  changed.erase(changed.begin() + 4);
  put(only_file(), changed);
  EXPECT_EQ(first_altered(), 4);
  EXPECT_NE(verify().fault->what.find("is missing"), std::string::npos);
  changed = text;
  std::swap(changed[6], changed[7]);
  put(only_file(), changed);
  EXPECT_EQ(first_altered(), 6);
  changed = text;
  changed.insert(changed.begin() + 3, text[2]);  // twice
  put(only_file(), changed);
  EXPECT_EQ(first_altered(), 3);
}

TEST_F(AnAuditLog, names_where_the_records_of_another_machine_were_spliced_in) {
  ASSERT_TRUE(open());
  write(10);
  log.reset();
  const auto other = temporary / "other";
  {
    auto opened = open_audit_log(other, "HP-04", limits, clock, random, signer(key));
    ASSERT_TRUE(opened);
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(opened->log->append(AuditRecord(AuditEvent::visit_ended)));
  }
  auto text = lines(only_file());
  const auto foreign = lines(audit_files(other / "audit").front());
  for (std::size_t i = 5; i < 9; ++i) text[i] = foreign[i];
  put(only_file(), text);
  EXPECT_EQ(first_altered(), 5);
}

// Whoever can write the disk can compute hashes; not signatures.
TEST_F(AnAuditLog, finds_a_chain_that_was_computed_anew_after_an_edit) {
  ASSERT_TRUE(open());
  write(5);
  ASSERT_TRUE(log->checkpoint());  // record 7
  write(5);
  log.reset();  // the last checkpoint is record 13
  auto text = lines(only_file());
  Digest hash = read_audit_line(text[8])->hash;
  for (std::size_t i = 9; i < text.size(); ++i) {
    auto body = text[i].substr(0, text[i].rfind(' '));
    if (i == 9) body.replace(body.find("visit-began"), 11, "visit-ended");
    hash = chained(hash, body);
    text[i] = body + ' ' + base::to_hex(hash);
  }
  put(only_file(), text);
  const auto report = verify();
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.signed_up_to, 6);
  EXPECT_EQ(report.fault->record, 7);
  EXPECT_NE(report.fault->what.find("record 13"), std::string::npos) << report.fault->what;
}

TEST_F(AnAuditLog, that_was_cut_off_is_found_by_the_head_the_platform_has) {
  ASSERT_TRUE(open());
  write(10);
  known_head = log->head();
  log.reset();
  EXPECT_FALSE(verify().fault);
  auto text = lines(only_file());
  text.resize(8);
  put(only_file(), text);
  EXPECT_EQ(first_altered(), 8);
}

TEST_F(AnAuditLog, is_not_believed_with_a_key_that_nobody_trusts) {
  ASSERT_TRUE(open());
  write(3);
  log.reset();
  const test_support::TestSigner stranger(77);
  const auto report = verify_audit_log(folder, {{stranger.public_hex()}, {}});
  ASSERT_TRUE(report && report->fault);
  EXPECT_EQ(report->fault->record, 1);
}

TEST_F(AnAuditLog, loses_at_most_its_unfinished_line_when_the_machine_dies) {
  ASSERT_TRUE(open());
  write(4);
  log.reset();
  const auto whole = *base::read_file(only_file());
  const auto file = only_file();
  const auto last_line = whole.rfind('\n', whole.size() - 2) + 1;
  for (auto cut = last_line + 1; cut < whole.size(); cut += 17) {
    std::ofstream(file, std::ios::trunc) << whole.substr(0, cut);
    ASSERT_TRUE(open());
    EXPECT_FALSE(damaged);
    log.reset();
    const auto report = verify();
    EXPECT_FALSE(report.fault) << report.fault->what;
    EXPECT_NE(base::read_file(file)->find("recovered bytes="), std::string::npos);
  }
}

TEST_F(AnAuditLog, that_does_not_verify_is_set_aside_and_a_new_chain_says_so) {
  ASSERT_TRUE(open());
  write(6);
  const auto chain = log->head().chain;
  log.reset();
  auto text = lines(only_file());
  text[3][0] = '9';
  put(only_file(), text);
  ASSERT_TRUE(open());
  EXPECT_TRUE(damaged);
  EXPECT_NE(log->head().chain, chain);
  log.reset();
  EXPECT_FALSE(verify().fault);
  EXPECT_NE(lines(only_file())[2].find("set-aside record=3"), std::string::npos);
  const auto kept = verify_audit_log(data / "audit-damaged-2026-11-23-1", {{key.public_hex()}, {}});
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->fault->record, 3);
}

TEST_F(AnAuditLog, removes_its_oldest_file_only_past_the_time_and_vouches_for_it) {
  limits = kHalfAYearInFourFiles;
  ASSERT_TRUE(open());
  bool refused = false;
  for (int i = 0; i < 400 && !refused; ++i) {
    ASSERT_TRUE(log->append(AuditRecord(AuditEvent::visit_began)));
    refused = !log->sync();
  }
  EXPECT_TRUE(refused) << "full before its time: nothing may be lost, and nothing is begun without the log";
  clock.advance(24h * 200);
  ASSERT_TRUE(open());
  for (int i = 0; i < 400; ++i) {
    clock.advance(240h);  // a file then spans more than two months, and the quota more than the time
    ASSERT_TRUE(log->append(AuditRecord(AuditEvent::visit_began)));
    ASSERT_TRUE(log->sync());
  }
  log.reset();
  const auto report = verify();
  EXPECT_FALSE(report.fault) << report.fault->what;
  EXPECT_GT(report.first, 1);
  std::filesystem::remove(audit_files(folder).front());
  EXPECT_EQ(first_altered(), 1) << "nobody vouches for this one";
}

// A battery that died: years of records lie there, and the clock says that none of them is old.
TEST_F(AnAuditLog, is_no_fuller_because_the_clock_fell_back) {
  limits = kHalfAYearInFourFiles;
  ASSERT_TRUE(open());
  for (int i = 0; i < 80; ++i) {
    clock.advance(240h);
    ASSERT_TRUE(log->append(AuditRecord(AuditEvent::visit_began)));
    ASSERT_TRUE(log->sync());
  }
  clock.set_wall({});
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(log->append(AuditRecord(AuditEvent::visit_began)));
    ASSERT_TRUE(log->sync()) << i;
  }
  log.reset();
  EXPECT_GT(verify().first, 1);
}

// And one that was ahead once.
TEST_F(AnAuditLog, is_no_younger_because_the_clock_had_leapt) {
  limits = kHalfAYearInFourFiles;
  ASSERT_TRUE(open());
  for (int i = 0; i < 200; ++i) {
    clock.advance(240h);
    const auto wall = clock.wall();
    if (audit_files(folder).size() == 1) clock.set_wall(wall + 24h * 3650);
    ASSERT_TRUE(log->append(AuditRecord(AuditEvent::visit_began)));
    ASSERT_TRUE(log->sync()) << i;
    clock.set_wall(wall);
  }
  log.reset();
  EXPECT_GT(verify().first, 1);
}

TEST_F(AnAuditLog, misses_a_whole_file_in_the_middle) {
  limits.file_bytes = 2048;
  ASSERT_TRUE(open());
  write(60);
  log.reset();
  const auto files = audit_files(folder);
  ASSERT_GT(files.size(), 3U);
  const auto gone = std::stoll(files[1].stem().string());
  std::filesystem::remove(files[1]);
  EXPECT_EQ(first_altered(), gone);
}

TEST_F(AnAuditLog, has_one_writer) {
  ASSERT_TRUE(open());
  auto second = open_audit_log(data, "HP-03", limits, clock, random, signer(key));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().failure, base::Failure::audit_unwritable);
}

TEST_F(AnAuditLog, tells_when_the_disk_is_full) {
  ASSERT_TRUE(open());
  std::filesystem::remove_all(folder);
  limits.file_bytes = 1;  // the next file cannot be made
  ASSERT_FALSE(open_audit_log("/proc/no-such-place", "HP-03", limits, clock, random, signer(key)));
}

// A record cannot hold a text: these do not compile, and what can be put in has no room for anybody's number.
static_assert(!std::is_constructible_v<AuditWord, std::string>);
static_assert(!std::is_constructible_v<AuditWord, base::Secret>);
template <class T>
concept Recordable = requires(AuditRecord record, T value) {
  record.add(value);
};
static_assert(!Recordable<std::string> && !Recordable<std::string_view> && !Recordable<base::Secret>);

TEST(AnAuditRecord, holds_nothing_personal) {
  for (const auto* text :
       {"王秀兰", "000000194103080025", "13800138000", "room-501-4-12", "Wang Xiulan", "a=b", "虚构省样例市", ""})
    EXPECT_EQ(AuditWord::of(text).text(), "unfit") << text;
  EXPECT_EQ(AuditWord::of("senior-allowance").text(), "senior-allowance");
  EXPECT_EQ(AuditRecord(AuditEvent::catalogue_taken).add(std::int64_t{13800138000}).fields(), " version=9999999999");
  EXPECT_EQ(AuditRecord(AuditEvent::catalogue_taken).add(AuditWord("open")).fields(), " version=-");
  EXPECT_EQ(AuditRecord(AuditEvent::catalogue_taken).add(AuditProof{"13800138000"}).fields(), " version=-");
  EXPECT_EQ(AuditRecord(AuditEvent::visit_began).add(std::int64_t{1}).fields(), "");
}

}  // namespace
