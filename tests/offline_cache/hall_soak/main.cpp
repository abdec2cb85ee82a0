// hall_soak [--days N] [--seed S] [--visits N]
// A busy hall in virtual time: residents apply and take numbers; the platform misbehaves and is away for hours, the disk fills up
// and fails, clocks leap, the power is cut and the process is killed in the middle of whatever it does. Queue, courier, ticket
// ledger and audit log are the real ones, the platform is a process of its own; only time and the databases' disk are simulated.
// After the last day all faults end and everything has to arrive. Exit code 0: nothing lost, doubled, out of order or
// unexplained, and every kind of fault really occurred. The same seed makes the same plan; the network gives the moments.
#include <fmt/format.h>
#include <sys/resource.h>

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

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace offline_cache;
using test_support::Behaviour;

constexpr std::chrono::minutes kOpens = 8h + 30min, kCloses = 17h;
constexpr int kFamilies = 40;                            // chains: the same people come again
constexpr std::int64_t kOperationsBetweenDeaths = 1200;  // of the disk, on average: several a day
constexpr std::string_view kApplicationText =
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
  bool told = false;      // the resident was given a code
  bool received = false;  // the kiosk told of the number
  bool held = false;
};

class HallOfResidents {
 public:
  HallOfResidents(std::uint64_t seed, int visits_a_day) : random_(seed), visits_a_day_(visits_a_day), seed_(seed) {
    fs::create_directories(data_ / "outbox");
    std::ofstream(data_ / "outbox" / "outbox.db") << 'x';  // there is one; what it holds lies on the simulated disk
    if (!create_database(StoreFiles{data_}.database(), 1 << 14)) tally_.complain("the queue cannot be made");
    disk_.settle();
    server_.mix({.seed = seed, .probability = 0.35, .faults = 3, .refusals = 4, .slow = 1});
    next_death_ = draw_death();
    current_ = this;
    base::failpoint = [](const char*) {
      current_->operation();
      return false;
    };
    start();
  }
  ~HallOfResidents() { base::failpoint = nullptr; }
  HallOfResidents(const HallOfResidents&) = delete;
  HallOfResidents& operator=(const HallOfResidents&) = delete;

  void live(int days) {
    for (int day = 0; day < days && tally_.wrong.empty(); ++day) live_a_day(day);
    end_all_faults();
    drain();
    judge();
  }
  const Tally& tally() const { return tally_; }
  const test_support::FaultServer& server() const { return server_; }

 private:
  // --- days ---------------------------------------------------------------------------------------------------------------
  void live_a_day(int day) {
    const auto midnight = clock_.now();
    plan_faults(midnight);
    std::vector<base::Instant> arrivals;
    for (int i = 0; i < visits_a_day_; ++i)
      arrivals.push_back(
          midnight + kOpens +
          std::chrono::seconds(random_.below(static_cast<std::uint64_t>(std::chrono::seconds(kCloses - kOpens).count()))));
    std::sort(arrivals.begin(), arrivals.end());
    for (const auto arrival : arrivals) {
      pass_until(arrival);
      visit();
    }
    pass_until(midnight + 24h);
    fmt::print("\rday {}: {} saved, {} tickets, {} deaths", day + 1, tally_.saved, tally_.tickets,
               tally_.faults["power cut"] + tally_.faults["killed"]);
    std::fflush(stdout);
  }

  // One thing after the other; each begins and ends by itself.
  void plan_faults(base::Instant midnight) {
    const auto at = [&](int from_hour, int hours) {
      return midnight + std::chrono::hours(from_hour) +
             std::chrono::seconds(random_.below(static_cast<std::uint64_t>(hours) * 3600));
    };
    constexpr Behaviour kAway[] = {Behaviour::busy,         Behaviour::reset_before, Behaviour::page,
                                   Behaviour::unauthorised, Behaviour::bad_gateway,  Behaviour::broken};
    const auto away = kAway[random_.below(std::size(kAway))];
    const auto from = at(9, 3);
    due_[from] = [this, away] {
      ++tally_.faults["platform away"];
      server_.always({away, away == Behaviour::busy ? "120" : ""});
      server_.health({away});
    };
    due_[from + std::chrono::minutes(10 + random_.below(180))] = [this] { platform_is_back(); };
    const auto broken = at(13, 2);
    constexpr std::pair<crash::Fault, const char*> kFaults[] = {{crash::Fault::full, "disk full"},
                                                                {crash::Fault::write_error, "writes fail"},
                                                                {crash::Fault::sync_error, "a sync fails"}};
    const auto& [fault, name] = kFaults[random_.below(3)];
    due_[broken] = [this, fault = fault, name = name] {
      ++tally_.faults[name];
      disk_.fail_at(disk_.operations(), fault, fault != crash::Fault::sync_error);
    };
    due_[broken + std::chrono::minutes(1 + random_.below(20))] = [this] { disk_.fail_at(-1, crash::Fault::none); };
    const auto leap = at(15, 1);
    constexpr std::chrono::hours kLeaps[] = {87600h, -500000h, 3h, -5h, 24h};
    due_[leap] = [this, by = kLeaps[random_.below(std::size(kLeaps))]] {
      ++tally_.faults["clock leaps"];
      true_wall_ = clock_.wall();
      leapt_at_ = clock_.now();
      synchronised_ = false;
      clock_.set_wall(clock_.wall() + by);
    };
    due_[leap + std::chrono::minutes(5 + random_.below(90))] = [this] { clock_is_right(); };
  }
  void platform_is_back() {
    server_.always({});
    server_.health({});
  }
  void clock_is_right() {
    if (!synchronised_) clock_.set_wall(true_wall_ + (clock_.now() - leapt_at_));
    synchronised_ = true;
  }
  void end_all_faults() {
    due_.clear();
    platform_is_back();
    server_.mix({.seed = seed_, .probability = 0, .faults = 0});
    disk_.fail_at(-1, crash::Fault::none);
    clock_is_right();
    next_death_ = -1;
  }

  void pass_until(base::Instant until) {
    while (clock_.now() < until) {
      auto next = std::min<base::Instant>(until, clock_.now() + (until - clock_.now() > 1h ? 60s : 10s));
      if (!due_.empty()) next = std::min(next, std::max(due_.begin()->first, clock_.now()));
      clock_.advance(next - clock_.now());
      while (!due_.empty() && due_.begin()->first <= clock_.now()) {
        const auto fault = due_.begin()->second;
        due_.erase(due_.begin());
        fault();
      }
      turn();
    }
  }

  // One turn of the courier: while an exchange is under way it takes real time, else none.
  void turn() {
    for (int i = 0; i < 200; ++i) {
      if (!busy_) delivery_->wake();
      delivery_->step();
      if (died_) return restart();
      if (!busy_) return;
    }
  }

  // --- residents ----------------------------------------------------------------------------------------------------------
  void visit() {
    ++tally_.visits;
    note(AuditRecord(AuditEvent::visit_began));
    if (random_.below(5) < 3)
      apply();
    else
      take_number();
    if (died_) restart();
    note(AuditRecord(AuditEvent::visit_ended));
    if (random_.below(50) == 0) look_after_held();
  }

  // Once more with the same id when it could not be kept, as the page offers; then the resident leaves without a receipt.
  void apply() {
    const auto id = ids_.next();
    const int family = static_cast<int>(random_.below(kFamilies));
    for (int tries = 0; tries < 2; ++tries) {
      applications_.try_emplace(id.text(), Application{family, life_});
      delivery_->submit({id, base::Secret(kApplicationText), base::Secret(fmt::format("family {}", family))});
      if (died_) restart();
      if (applications_[id.text()].told) {
        ++tally_.saved;
        order_.push_back(id.text());
        return;
      }
    }
    ++tally_.not_saved;
  }

  void take_number() {
    const auto id = ids_.next();
    for (int tries = 0; tries < 3; ++tries) {
      if (!ledger_) open_ledger_again();
      if (ledger_) {
        const auto ticket = ledger_->issue(id, 'A');
        if (died_) {
          restart();
          continue;  // the paper was never printed; the same id asks again
        }
        if (ticket) {
          ++tally_.tickets;
          const auto day = std::chrono::sys_days(ticket->day).time_since_epoch().count();
          if (!numbers_.emplace(day, ticket->label).second)
            tally_.complain(fmt::format("{} was given twice on a day", ticket->label));
          return;
        }
      }
      ledger_.reset();
    }
  }

  // Staff go through what needs a human: the platform has refused these for good.
  void look_after_held() {
    for (auto& [id, application] : applications_)
      if (application.held && random_.below(2) == 0) {
        QueueAction action;
        action.kind = QueueAction::Kind::retry;
        action.id = *base::Uuid::parse(id);
        action.who = "Zhang";
        delivery_->act(action, {});
        if (died_) restart();
      }
  }

  void note(const AuditRecord& record) {
    if (!audit_) open_audit_again();
    if (!audit_ || !audit_->append(record) || !audit_->sync()) {
      audit_.reset();
      if (died_) restart();
      return;
    }
    if (died_) return restart();
    ++tally_.audit_records;
    known_head_ = audit_->head();
  }

  // --- the machine --------------------------------------------------------------------------------------------------------
  std::int64_t draw_death() {
    return 1 + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(2 * kOperationsBetweenDeaths)));
  }

  // Before every operation of the disk and at every named point: here it may end. What is found later is decided now; what the
  // program still does before this hall notices has no effect on it.
  void operation() {
    if (died_ || next_death_ < 0 || --next_death_ > 0) return;
    died_ = true;
    const bool power = random_.below(2) == 0;
    ++tally_.faults[power ? "power cut" : "killed"];
    found_ = power ? disk_.after_cut(crash::kLosses[random_.below(4)], 512, random_) : disk_.after_kill();
    fs::remove_all(found_audit_);
    fs::copy(data_ / "audit", found_audit_, fs::copy_options::recursive);
  }

  void restart() {
    delivery_.reset();  // without end(): what it still writes goes to a disk nobody will see
    ledger_.reset();
    audit_.reset();
    busy_ = false;
    disk_.before_operation = nullptr;
    disk_ = std::move(found_);
    fs::remove_all(data_ / "audit");
    fs::rename(found_audit_, data_ / "audit");
    died_ = false;
    next_death_ = draw_death();
    ++life_;
    clock_.advance(40s);
    start();
  }

  void start() {
    disk_.before_operation = [this] { operation(); };
    const bool mortal = std::exchange(died_, true);  // a start is not cut here: crash_soak cuts recovery
    open_audit_again();
    open_ledger_again();
    CourierConfiguration made;
    made.data_folder = data_;
    made.platform_url = server_.url();
    made.office_key = server_.office_key();
    made.answer_keys = {server_.answer_key()};
    made.terminal = "HP-03";
    made.store = {.quota_bytes = 64 << 20, .ballast_bytes = 4096, .rows_to_digest = 500};
    made.http = {.connect = 2000ms, .total = 300ms, .stalled = 1s, .slowest = 64};
    delivery_ = std::make_unique<Delivery>(std::move(made), clock_, courier_random_, [this](CourierEvent event) { hear(event); });
    delivery_->begin();
    died_ = mortal;
  }
  void open_audit_again() {
    const auto bytes = *base::from_hex(signer_.public_hex());
    const std::string key = base::to_hex(sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()})).substr(0, 16);
    auto opened =
        open_audit_log(data_, "HP-03", {}, clock_, random_, {key, [this](std::string_view text) { return signer_.sign(text); }});
    if (!opened) return;
    if (opened->damaged) tally_.complain("the audit log was damaged");
    audit_ = std::move(opened->log);
  }
  void open_ledger_again() {
    auto opened = open_ledger(
        data_, ticket_place("HP-03"),
        {[](base::WallTime wall) { return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(wall + 8h)); },
         [this] { return synchronised_; }},
        clock_);
    if (opened) ledger_ = *std::move(opened);
  }

  void hear(const CourierEvent& event) {
    if (died_ && delivery_ != nullptr) return;  // a dead machine tells nobody anything
    if (const auto* counts = std::get_if<QueueCounts>(&event)) {
      busy_ = counts->in_flight > 0;
      counts_ = *counts;
    }
    if (const auto* saved = std::get_if<Saved>(&event)) applications_[saved->id.text()].told = true;
    if (const auto* received = std::get_if<Received>(&event)) {
      auto& application = applications_[received->id.text()];
      if (application.received && platform_numbers_[received->id.text()] != received->number)
        tally_.complain("one application was received under two numbers");
      application.received = true;
      application.held = false;
      platform_numbers_[received->id.text()] = received->number;
    }
    if (const auto* refused = std::get_if<Refused>(&event)) applications_[refused->id.text()].held = true;
    if (const auto* intake = std::get_if<IntakeChanged>(&event))
      if (intake->open && intake->failure == base::Failure::save_store_corrupt)
        tally_.complain("a queue was set aside as damaged");
  }

  // --- the end ------------------------------------------------------------------------------------------------------------
  void drain() {
    for (int turns = 0; turns < 200'000 && (counts_.waiting() > 0 || turns < 10); ++turns) {
      clock_.advance(1s);
      delivery_->send_now();
      turn();
    }
    clock_.advance(1h);
    turn();
    if (counts_.waiting() > 0) tally_.complain(fmt::format("{} applications still wait", counts_.waiting()));
  }

  void judge() {
    const auto accepted = server_.accepted();
    int held = 0;
    for (const auto& [id, application] : applications_) {
      if (!application.told || accepted.contains(id)) continue;
      ++held;
      if (!application.held) tally_.complain(id + " was saved, and the platform never got it");
    }
    for (const auto& [id, times] : accepted)
      if (!applications_.contains(id)) tally_.complain(id + " is at the platform, and nobody made it");
    if (server_.conflicts() != 0) tally_.complain("the same id came with other bytes");
    std::set<std::string> numbers;
    for (const auto& [id, number] : platform_numbers_)
      if (!numbers.insert(number).second) tally_.complain(number + " stands for two applications");
    if (held > counts_.held) tally_.complain(fmt::format("{} are nowhere", held - counts_.held));
    judge_order();
    audit_.reset();
    const auto report = verify_audit_log(data_ / "audit", {{signer_.public_hex()}, known_head_});
    if (!report)
      tally_.complain(report.error().detail);
    else if (report->fault)
      tally_.complain(report->fault->what);
  }

  // Within one life, those of a family first reach the platform in the order in which they were made. (Across a restart the key
  // of the chains is another; the queue is still in order, but one that failed may be passed.)
  void judge_order() {
    std::map<std::string, std::size_t> first_seen;
    const auto seen = server_.seen();
    for (std::size_t i = 0; i < seen.size(); ++i)
      if (seen[i].method == "PUT") first_seen.try_emplace(seen[i].target.substr(seen[i].target.rfind('/') + 1), i);
    std::map<std::pair<int, int>, std::size_t> last;
    for (const auto& id : order_) {
      const auto found = first_seen.find(id);
      if (found == first_seen.end()) continue;  // not among those the server remembers
      const auto& application = applications_[id];
      auto& before = last[{application.family, application.life}];
      if (found->second < before) tally_.complain(id + " overtook another of its family");
      before = std::max(before, found->second);
    }
  }

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

bool print(const HallOfResidents& hall, int days, std::chrono::duration<double> took) {
  const Tally& tally = hall.tally();
  fmt::print("\n");
  int faulted = 0;
  for (const auto& [name, times] : hall.server().tally()) faulted += name == "honest" ? 0 : times;
  for (const auto& [name, times] : tally.faults) fmt::print("{:>8}  {}\n", times, name);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:>8}  requests served wrongly, of {}\n", faulted, hall.server().puts());
  fmt::print(
      "proof: {} days, {} visits: {} applications saved, {} not saved and told so, {} tickets, {} audit records; {} s, {} MiB\n",
      days, tally.visits, tally.saved, tally.not_saved, tally.tickets, tally.audit_records, static_cast<int>(took.count()),
      usage.ru_maxrss / 1024);
  for (const auto& wrong : tally.wrong) fmt::print("  WRONG: {}\n", wrong);
  bool vacuous = faulted == 0 || tally.saved == 0 || tally.tickets == 0;
  for (const auto* name : {"platform away", "clock leaps", "power cut", "killed"})
    vacuous = vacuous || !tally.faults.contains(name);
  if (vacuous) fmt::print("a fault never occurred: this run proves too little\n");
  return tally.wrong.empty() && !vacuous;
}

}  // namespace

int main(int count, char** arguments) {
  std::map<std::string, int> options{{"--days", 30}, {"--seed", 1}, {"--visits", 300}};
  for (int i = 1; i + 1 < count; i += 2) options[arguments[i]] = std::atoi(arguments[i + 1]);
#ifdef NDEBUG
  options["this build has no failpoints"] = 1;
#endif
  if (options.size() != 3 || options["--days"] < 1) {
    std::fputs("hall_soak [--days N] [--seed S] [--visits N]   (not in a release: it needs the failpoints)\n", stderr);
    return 2;
  }
  base::log::quiet();
  fmt::print("seed {}\n", options["--seed"]);
  const auto start = std::chrono::steady_clock::now();
  HallOfResidents hall(static_cast<std::uint64_t>(options["--seed"]), options["--visits"]);
  hall.live(options["--days"]);
  return print(hall, options["--days"], std::chrono::steady_clock::now() - start) ? 0 : 1;
}
