// The hall that hall_soak plays (main.cpp).
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "base/failpoint.h"
#include "base/hex.h"
#include "base/log.h"
#include "base/uuid.h"
#include "offline_cache/audit_log.h"
#include "offline_cache/courier/delivery.h"
#include "offline_cache/ledger.h"
#include "offline_cache/sqlite/store_files.h"
#include "tests/offline_cache/crash/crash_vfs.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fault_server.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_signer.h"

namespace offline_cache::hall_soak {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test_support::Behaviour;

inline constexpr std::chrono::minutes kOpens = 8h + 30min, kCloses = 17h;
inline constexpr int kFamilies = 40;                            // chains: the same people come again
inline constexpr std::int64_t kOperationsBetweenDeaths = 1200;  // of the disk, on average: several a day
inline constexpr std::string_view kApplicationText =
    R"({"answers":{"bank":"虚构农商银行"},"applicant":{"id_number":"000000194103081240","name":"王秀兰"},"language":"zh"})";

struct Tally {
  std::map<std::string, int> faults{};  // what was done to the hall, by name
  int visits = 0, saved = 0, not_saved = 0, tickets = 0, audit_records = 0, discarded = 0;
  std::vector<std::string> wrong{};

  void complain(std::string what) {
    if (wrong.size() < 20) wrong.push_back(std::move(what));
  }
};

struct Application {
  int family = 0, life = 0;
  bool of_two_lives = false;  // the machine died while it was submitted: its chain may be that of either
  bool told = false;          // the resident was given a code
  bool received = false;      // the kiosk told of the number
};

class HallOfResidents {
 public:
  HallOfResidents(std::uint64_t seed, int visits_a_day);
  ~HallOfResidents() { base::failpoint = nullptr; }
  HallOfResidents(const HallOfResidents&) = delete;
  HallOfResidents& operator=(const HallOfResidents&) = delete;

  void live(int days);
  const Tally& tally() const { return tally_; }
  const test_support::FaultServer& server() const { return server_; }

 private:
  // --- days ---------------------------------------------------------------------------------------------------------------
  void live_a_day(int day);

  // One thing after the other; each begins and ends by itself.
  void plan_faults(base::Instant midnight);
  void platform_is_back();
  void clock_is_right();
  void end_all_faults();

  void pass_until(base::Instant until);

  // One turn of the courier: while an exchange is under way it takes real time, else none.
  void turn();

  // --- residents ----------------------------------------------------------------------------------------------------------
  void visit();

  // Once more with the same id when it could not be kept, as the page offers; then the resident leaves without a receipt.
  void apply();

  void take_number();

  // Staff go through what needs a human: the platform has refused these for good.
  void look_after_held();
  std::set<std::string> held_now();  // as the queue tells an operator

  void note(const AuditRecord& record);

  // --- the machine --------------------------------------------------------------------------------------------------------
  std::int64_t draw_death();

  // Before every operation of the disk and at every named point: here it may end. What is found later is decided now; what the
  // program still does before this hall notices has no effect on it.
  void operation();

  void restart();

  void start();
  void open_audit_again();
  void open_ledger_again();

  void hear(const CourierEvent& event);

  // --- the end ------------------------------------------------------------------------------------------------------------
  void drain();

  void judge();

  // Within one life, those of a family first reach the platform in the order in which they were made. (Across a restart the key
  // of the chains is another; the queue is still in order, but one that failed may be passed.)
  void judge_order();

  static inline HallOfResidents* current_ = nullptr;

  base::SeededRandom random_;
  base::SystemRandom courier_random_;
  int visits_a_day_;
  std::uint64_t seed_;
  Tally tally_;
  test_support::FakeClock clock_;
  base::SeededRandom id_random_{seed_ + 1};
  base::UuidSource ids_{clock_, id_random_};
  test_support::TemporaryFolder folder_;
  fs::path data_ = folder_ / "data", found_audit_ = folder_ / "audit-found";
  test_support::FaultServer server_;
  test_support::TestSigner signer_;
  crash::Disk disk_, found_;
  crash::Mount mount_{disk_, data_.string(), 512};
  std::int64_t next_death_ = -1;
  bool died_ = false, busy_ = false, synchronised_ = true;
  int life_ = 0;
  base::WallTime true_wall_{};
  base::Instant leapt_at_{};
  std::map<base::Instant, std::function<void()>> due_;
  std::map<std::string, Application> applications_;
  std::vector<std::string> order_;
  std::map<std::string, std::string> platform_numbers_;
  std::set<std::pair<int, std::string>> numbers_;
  QueueCounts counts_;
  AuditHead known_head_;
  std::unique_ptr<AuditLog> audit_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Delivery> delivery_;
};

}  // namespace offline_cache::hall_soak
