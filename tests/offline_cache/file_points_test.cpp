// The crash points beside the queue (crash/points.h): files that are written aside and renamed, and the audit log.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hex.h"
#include "base/log.h"
#include "offline_cache/audit_log.h"
#include "offline_cache/catalogue_store.h"
#include "offline_cache/sqlite/ballast.h"
#include "offline_cache/sqlite/open_outbox.h"
#include "offline_cache/sqlite/store_files.h"
#include "test_places.h"
#include "tests/offline_cache/child_process.h"
#include "tests/offline_cache/crash/points.h"
#include "tests/offline_cache/crash/scripted_day.h"
#include "tests/offline_cache/exported_queue.h"
#include "tests/support/fake_clock.h"
#include "tests/support/power_cut/medium.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_signer.h"

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using offline_cache_examples::ChildProcess;
using test_support::TemporaryFolder;

const offline_cache::StoreLimits kStoreOfFilePoints{.quota_bytes = 16 << 20, .ballast_bytes = 4096};

std::string file_point_name(const testing::TestParamInfo<crash::Point>& row) {
  std::string name = row.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
}

using Say = std::function<void(char)>;
struct Scene {
  std::function<void(const fs::path&)> prepare;
  std::function<void(const fs::path&, const Say&)> work;
  std::function<void(const fs::path&, std::size_t said)> check;
};

struct Store {
  explicit Store(const fs::path& folder, offline_cache::StoreLimits limits = kStoreOfFilePoints) {
    auto tried = offline_cache::open_outbox(folder, limits, clock, random);
    if (tried) opened = *std::move(tried);
  }
  explicit operator bool() const { return opened.outbox != nullptr; }
  offline_cache::Outbox* operator->() const { return opened.outbox.get(); }
  test_support::FakeClock clock;
  base::SeededRandom random{1};
  offline_cache::OpenedOutbox opened;
};

void store_five(const fs::path& folder) {
  crash::ScriptedDay day(1);
  Store store(folder);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(store->enqueue(day.another(), false));
}

// C16: so many acknowledged rows in a small quota that the queue forgets all but a hundred.
constexpr offline_cache::StoreLimits kTightStore{.quota_bytes = 48 * 4096, .ballast_bytes = 4096};
Scene forgetting() {
  return {[](const fs::path& folder) {
            crash::ScriptedDay day(1);
            Store store(folder, kTightStore);
            for (int i = 0; store->fill() < 0.85; ++i) {
              auto stored = store->enqueue(day.another(), true);
              ASSERT_TRUE(stored) << i << stored.error().detail;
              ASSERT_TRUE(
                  store->conclude(*stored->lease, {offline_cache::Ending::acknowledged, "2026-000017", {}, 201, 0, false}, {}));
            }
          },
          [](const fs::path& folder, const Say&) {
            Store store(folder, kTightStore);
            if (store) (void)store->tidy(offline_cache::Outbox::Tidy::hourly);
          },
          [](const fs::path& folder, std::size_t) {
            Store store(folder, kTightStore);
            ASSERT_TRUE(store);
            const auto counts = store->counts();
            EXPECT_GE(counts.acknowledged + counts.tombstones, 100);
            EXPECT_EQ(counts.waiting(), 0);
            EXPECT_TRUE(store->tidy(offline_cache::Outbox::Tidy::hourly));
            EXPECT_TRUE(store->self_check());
          }};
}

// C18
Scene migrating() {
  return {[](const fs::path& folder) {
            fs::create_directories(folder / "outbox");
            ASSERT_EQ(ChildProcess({"tar", "-xJf", LINLI_SOURCE_DIR "/tests/offline_cache/fixtures/outbox-v1.tar.xz", "-C",
                                    (folder / "outbox").string()})
                          .wait(),
                      0);
          },
          [](const fs::path& folder, const Say&) { const Store store(folder); },
          [](const fs::path& folder, std::size_t) {
            Store store(folder);
            ASSERT_TRUE(store);
            EXPECT_EQ(store.opened.damaged_queues, 0);
            const auto counts = store->counts();
            EXPECT_EQ(counts.acknowledged, 424);
            EXPECT_EQ(counts.rejected, 40);
            EXPECT_EQ(counts.queued + counts.held, 760);
            EXPECT_EQ(counts.tombstones + counts.purged, 713);
          }};
}

// C19
class OfferedCatalogue {
 public:
  static bool take(const fs::path& folder, int version) {
    const OfferedCatalogue offered(version);
    offline_cache::CatalogueStore store(folder, {offered.key_.public_hex()});
    auto offer = store.offer(offered.body_);
    if (!offer) return false;
    for (const auto& each : offer->missing)
      if (!store.add_blob(each.digest, offered.service_)) return false;
    return static_cast<bool>(store.commit());
  }
  static void check(const fs::path& folder) {
    const OfferedCatalogue offered(2);
    const offline_cache::CatalogueStore store(folder, {offered.key_.public_hex()});
    ASSERT_TRUE(store.current());
    EXPECT_TRUE(store.current()->manifest.version == 1 || store.current()->manifest.version == 2);
    EXPECT_FALSE(store.alarm());
    EXPECT_TRUE(take(folder, 3));
  }

 private:
  explicit OfferedCatalogue(int version) : service_(R"({"id":"allowance","version":)" + std::to_string(version) + "}") {
    using nlohmann::json;
    const std::string text = json{
        {"expires", "2027-12-31T00:00:00Z"},
        {"notices", json::array()},
        {"seal_keys", json::array()},
        {"services", json::array({json{{"id", "allowance"},
                                       {"sha256", base::to_hex(offline_cache::sha256(service_))},
                                       {"size", service_.size()},
                                       {"version", version}}})},
        {"version", version}}.dump();
    body_ = json{{"key", key_.public_hex()}, {"manifest", text}, {"signature", key_.sign_hex(text)}}.dump();
  }
  test_support::TestSigner key_;
  std::string service_, body_;
};
Scene taking_a_catalogue() {
  return {[](const fs::path& folder) { ASSERT_TRUE(OfferedCatalogue::take(folder, 1)); },
          [](const fs::path& folder, const Say&) { (void)OfferedCatalogue::take(folder, 2); },
          [](const fs::path& folder, std::size_t) { OfferedCatalogue::check(folder); }};
}

// C20
Scene exporting() {
  return {store_five,
          [](const fs::path& folder, const Say&) {
            Store store(folder);
            if (store) (void)offline_cache_examples::export_queue(*store.opened.outbox, folder / "stick");
          },
          [](const fs::path& folder, std::size_t) {
            const auto read = [&](const char* name) {
              const auto text = base::read_file(folder / name);
              return text ? offline_cache::read_export(*text, [](const auto&) {}) : base::Result<int>(5);
            };
            const auto whole = read("stick");
            ASSERT_TRUE(whole) << "what is called by its name is complete";
            EXPECT_EQ(*whole, 5);
            Store store(folder);
            ASSERT_TRUE(store);
            EXPECT_EQ(store->counts().queued, 5) << "the source is unaffected";
            EXPECT_TRUE(offline_cache_examples::export_queue(*store.opened.outbox, folder / "stick"));
            EXPECT_FALSE(fs::exists(folder / "stick.partial"));
          }};
}

// C21
Scene giving_ballast() {
  return {store_five,
          [](const fs::path& folder, const Say&) {
            offline_cache::Ballast ballast(folder / "ballast", kStoreOfFilePoints.ballast_bytes);
            (void)ballast.release();
            (void)ballast.restore();
          },
          [](const fs::path& folder, std::size_t) {
            Store store(folder);
            ASSERT_TRUE(store);
            EXPECT_LT(store->fill(), 0.5) << "it is not taken for full";
            EXPECT_TRUE(fs::exists(folder / "ballast"));
          }};
}

// C22
Scene setting_aside() {
  return {[](const fs::path& folder) {
            store_five(folder);
            std::fstream file(folder / "outbox" / "outbox.db", std::ios::in | std::ios::out | std::ios::binary);
            file << std::string(4096, 'x');
          },
          [](const fs::path& folder, const Say&) { const Store store(folder); },
          [](const fs::path& folder, std::size_t) {
            Store store(folder);
            ASSERT_TRUE(store);
            EXPECT_EQ(store.opened.damaged_queues, 1) << "the alarm stays";
            EXPECT_EQ(store->counts().queued + store->counts().held, 5) << "and every row is rescued, once";
          }};
}

// C23
class WrittenLog {
 public:
  static void write(const fs::path& folder, const Say& say) {
    WrittenLog self(folder);
    if (self.log_ == nullptr) return;
    for (int i = 0; i < 60; ++i) {
      if (!self.log_->append(offline_cache::AuditRecord(offline_cache::AuditEvent::visit_began)) || !self.log_->sync()) return;
      say('.');
    }
  }
  static void check(const fs::path& folder, std::size_t said) {
    {
      WrittenLog again(folder);
      ASSERT_NE(again.log_, nullptr);
      EXPECT_FALSE(again.damaged_);
      EXPECT_TRUE(again.log_->append(offline_cache::AuditRecord(offline_cache::AuditEvent::visit_began)));
      EXPECT_TRUE(again.log_->sync());
    }
    const auto report = offline_cache::verify_audit_log(folder / "audit", {{WrittenLog::key().public_hex()}, {}});
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_FALSE(report->fault) << report->fault->what;
    EXPECT_GE(report->last, static_cast<std::int64_t>(said));
  }

 private:
  static const test_support::TestSigner& key() {
    static const test_support::TestSigner signer;
    return signer;
  }
  explicit WrittenLog(const fs::path& folder) {
    const auto bytes = *base::from_hex(key().public_hex());
    const std::string id =
        base::to_hex(offline_cache::sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()})).substr(0, 16);
    auto opened = offline_cache::open_audit_log(folder, "HP-03", {.file_bytes = 1000, .quota_bytes = 3000, .keep = 0h}, clock_,
                                                random_, {id, [](std::string_view text) { return key().sign(text); }});
    if (!opened) return;
    log_ = std::move(opened->log);
    damaged_ = opened->damaged;
  }
  test_support::FakeClock clock_;
  base::SeededRandom random_{1};
  bool damaged_ = false;
  std::unique_ptr<offline_cache::AuditLog> log_;
};
Scene writing_the_log() {
  return {[](const fs::path&) {}, [](const fs::path& folder, const Say& say) { WrittenLog::write(folder, say); },
          [](const fs::path& folder, std::size_t said) { WrittenLog::check(folder, said); }};
}

Scene scene_of(std::string_view clause) {
  if (clause == "C16") return forgetting();
  if (clause == "C18") return migrating();
  if (clause == "C19") return taking_a_catalogue();
  if (clause == "C20") return exporting();
  if (clause == "C21") return giving_ballast();
  if (clause == "C22") return setting_aside();
  return writing_the_log();
}

class AFilePoint : public testing::TestWithParam<crash::Point> {
 protected:
  AFilePoint() { base::log::quiet(); }
  Scene scene = scene_of(GetParam().clause);
};

constexpr int kArrivalsAtFiles = 2;

TEST_P(AFilePoint, where_the_process_is_killed) {
  int kills = 0;
  for (int arrival = 1; arrival <= kArrivalsAtFiles && !HasFatalFailure(); ++arrival) {
    const TemporaryFolder folder;
    scene.prepare(folder.path());
    const auto death = crash::die_at(GetParam().name, arrival, [&](const Say& say) { scene.work(folder.path(), say); });
    if (!death.killed) break;
    ++kills;
    scene.check(folder.path(), death.said.size());
  }
  EXPECT_GT(kills, 0);
  std::printf("proof: %s %s: %d kills\n", GetParam().clause, GetParam().name, kills);
}

TEST_P(AFilePoint, where_the_power_is_cut) {
  int cuts = 0;
  for (const auto names : {test_support::NamesLost::unsynced, test_support::NamesLost::none}) {
    for (int arrival = 1; arrival <= kArrivalsAtFiles && !HasFatalFailure(); ++arrival) {
      const TemporaryFolder folder;
      scene.prepare(folder.path());
      test_support::Medium medium(folder.path());
      const auto death = crash::die_at(GetParam().name, arrival, [&](const Say& say) {
        medium.watch();
        scene.work(folder.path(), say);
      });
      if (!death.killed) break;
      ++cuts;
      medium.cut(names);
      scene.check(folder.path(), death.said.size());
    }
  }
  EXPECT_GT(cuts, 0);
  std::printf("proof: %s %s: %d power cuts\n", GetParam().clause, GetParam().name, cuts);
}

TEST_P(AFilePoint, that_reports_an_error) {
  const TemporaryFolder folder;
  scene.prepare(folder.path());
  std::size_t said = 0;
  {
    const crash::Armed armed(GetParam().name, 1, [] { return true; });
    scene.work(folder.path(), [&](char) { ++said; });
    EXPECT_TRUE(armed.reached());
  }
  scene.check(folder.path(), said);
}

INSTANTIATE_TEST_SUITE_P(_, AFilePoint, testing::ValuesIn(crash::kFilePoints), file_point_name);

}  // namespace
