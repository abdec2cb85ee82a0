#include "offline_cache/registrar/audit_keeper.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "base/files.h"
#include "base/log.h"
#include "offline_cache/audit/audit_folder.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_signer.h"

namespace {

using namespace offline_cache;
using namespace std::chrono_literals;

class AnAuditKeeper : public testing::Test {
 protected:
  void SetUp() override { base::log::quiet(); }

  base::Result<OpenedAuditLog> open() {
    return open_audit_log(data, "HP-03", {}, clock, random, {"0123456789abcdef", [this](auto text) { return key.sign(text); }});
  }
  std::string text() const {
    std::string all;
    for (const auto& file : audit_files(data / "audit")) all += *base::read_file(file);
    return all;
  }

  test_support::TemporaryFolder temporary;
  std::filesystem::path data = temporary / "data";
  test_support::FakeClock clock;
  base::SeededRandom random{5};
  test_support::TestSigner key;
  AuditKeeper keeper{[this] { return open(); }, clock};
};

TEST_F(AnAuditKeeper, has_nothing_to_do_while_nothing_is_unsigned) {
  keeper.record(AuditRecord(AuditEvent::visit_began));
  (void)keeper.write();
  EXPECT_EQ(keeper.due(), clock.now() + kCheckpointEvery) << "to sign it";
  clock.advance(kCheckpointEvery);
  (void)keeper.write();
  clock.advance(2 * kCheckpointEvery + 1min);
  (void)keeper.write();
  EXPECT_GT(keeper.due(), clock.now());
  keeper.record(AuditRecord(AuditEvent::visit_ended));
  (void)keeper.write();
  EXPECT_FALSE(keeper.failure());
}

// The disk takes no byte more: EFBIG, and not ENOSPC, is what a test can have without a disk of its own.
class NoMoreRoom {
 public:
  explicit NoMoreRoom(rlim_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit tight{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
  }
  ~NoMoreRoom() { setrlimit(RLIMIT_FSIZE, &before_); }
  NoMoreRoom(const NoMoreRoom&) = delete;
  NoMoreRoom& operator=(const NoMoreRoom&) = delete;

 private:
  rlimit before_{};
};

TEST_F(AnAuditKeeper, keeps_what_could_not_be_written_until_it_is) {
  keeper.record(AuditRecord(AuditEvent::kiosk_started).add(std::int64_t{1}));
  (void)keeper.write();
  ASSERT_FALSE(keeper.failure());
  {
    const NoMoreRoom room(text().size() + 20);
    for (int tries = 0; tries < 3; ++tries) {
      keeper.record(AuditRecord(AuditEvent::device_changed)
                        .add(AuditWord("printer"))
                        .add(tries == 0 ? AuditWord("gone") : AuditWord("back")));
      (void)keeper.write();
      EXPECT_EQ(keeper.failure(), base::Failure::audit_unwritable);
      clock.advance(kReopenAuditEvery);
    }
  }
  (void)keeper.write();
  EXPECT_FALSE(keeper.failure());
  EXPECT_NE(text().find("device=printer state=gone"), std::string::npos) << text();
  EXPECT_NE(text().find("device=printer state=back"), std::string::npos) << text();
  keeper.close();
  const auto report = verify_audit_log(data / "audit", {});
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->fault) << report->fault->what;
}

}  // namespace
