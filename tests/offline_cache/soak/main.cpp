// courier_soak: couriers with real queues against fault servers that misbehave at random, until N requests were served wrongly;
// then the servers become honest and everything has to arrive. Exit code 0: nothing lost, nothing doubled, and every fault
// occurred. The same seed gives the same faults for the same applications.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/uuid.h"
#include "offline_cache/courier/delivery.h"
#include "tests/support/fault_server.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace std::chrono_literals;
using namespace offline_cache;
using test_support::FaultMix;
using test_support::FaultServer;

constexpr std::size_t kOutstanding = 24;  // applications that wait at a time
constexpr int kLookEvery = 100;           // submissions between two looks at the server's tally
constexpr int kRefusedOfThousand = 10;
constexpr std::size_t kWithAttachments = 3;  // every third application has two, of these sizes
constexpr std::size_t kAttachments[] = {900, 70'000};
constexpr std::string_view kApplication =
    R"({"answers":{"bank":"虚构农商银行"},"applicant":{"id_number":"000000194103081240","name":"王秀兰"},"language":"zh"})";
const std::set<std::string> kRefusals{"malformed", "different_body", "too_large", "wrong_media_type", "seal_broken"};

// What one worker saw, and what its server did.
struct Findings {
  std::size_t submitted = 0, saved = 0, received = 0, held = 0, lost = 0, doubled = 0, strangers = 0, requests = 0,
              connections = 0;
  int conflicts = 0;
  std::map<std::string, int> tally;

  void add(const Findings& other) {
    submitted += other.submitted, saved += other.saved, received += other.received, held += other.held;
    lost += other.lost, doubled += other.doubled, strangers += other.strangers, conflicts += other.conflicts;
    requests += other.requests, connections += other.connections;
    for (const auto& [name, times] : other.tally) tally[name] += times;
  }
  int refused() const {
    int all = 0;
    for (const auto& name : kRefusals)
      if (const auto found = tally.find(name); found != tally.end()) all += found->second;
    return all;
  }
};

int faults_in(const std::map<std::string, int>& tally) {
  int all = 0;
  for (const auto& [name, times] : tally)
    if (name != "honest") all += times;
  return all;
}

// A line that is written over; any thread.
class Progress {
 public:
  explicit Progress(int wanted) : wanted_(wanted) {}

  void add(int faults) {
    const std::lock_guard lock(mutex_);
    done_ += faults;
    if (isatty(STDOUT_FILENO) == 0) return;
    fmt::print("\r{} of {} faulted requests{}", done_, wanted_, done_ < wanted_ ? "" : "\n");
    std::fflush(stdout);
  }

 private:
  const int wanted_;
  std::mutex mutex_;
  int done_ = 0;
};

class Worker {
 public:
  Worker(std::uint64_t seed, int faults, Progress& progress) : seed_(seed), faults_(faults), progress_(progress), random_(seed) {}

  Findings run() {
    FaultServer server({.suite = seed_ % 2 == 0 ? 2 : 1});
    for (const auto name : test_support::behaviour_names()) server.next({test_support::behaviour_of(name), "3600"});
    server.mix({.seed = seed_, .probability = 0.7, .faults = 3, .refusals = kRefusedOfThousand, .slow = 3});
    Delivery delivery(configuration(server), clock_, random_, [this](CourierEvent event) { hear(event); });
    delivery.begin();
    for (int faults = 0; faults < faults_;) {
      for (int n = 0; n < kLookEvery; ++n) {
        submit(delivery);
        while (open_.size() > kOutstanding) turn(delivery);
      }
      const int now = faults_in(server.tally());
      progress_.add(now - std::exchange(faults, now));
    }
    while (!open_.empty()) turn(delivery);
    delivery.end();
    return judge(server);
  }

 private:
  CourierConfiguration configuration(const FaultServer& server) const {
    CourierConfiguration made;
    made.data_folder = folder_ / "data";
    made.platform_url = server.url();
    made.office_key = server.office_key();
    made.answer_keys = {server.answer_key()};
    made.terminal = "HP-03";
    made.suite = seed_ % 2 == 0 ? 2 : 1;
    made.fleet_spread = {};
    made.http = {.connect = 2000ms, .total = 300ms, .stalled = 1s, .slowest = 64};
    return made;
  }

  void submit(Delivery& delivery) {
    const base::Uuid id = ids_.next();
    open_.insert(id.text());
    Submission submission{id, base::Secret(kApplication)};
    if (++findings_.submitted % kWithAttachments == 0)
      for (const std::size_t size : kAttachments)
        submission.attachments.push_back({"bill", "image/jpeg", base::Secret(std::string(size, 'J'))});
    delivery.submit(submission);
  }

  // Back-off is not what is tried here; somebody presses "send now" all the time.
  static void turn(Delivery& delivery) {
    delivery.send_now();
    delivery.step();
  }

  void hear(const CourierEvent& event) {
    if (std::holds_alternative<Saved>(event)) ++findings_.saved;
    if (const auto* received = std::get_if<Received>(&event)) {
      ++findings_.received;
      open_.erase(received->id.text());
      if (!numbers_.insert(received->number).second || !received_.insert(received->id.text()).second) ++findings_.doubled;
    }
    if (const auto* refused = std::get_if<Refused>(&event)) {
      ++findings_.held;
      held_.insert(refused->id.text());
      open_.erase(refused->id.text());
    }
  }

  // The server's own record is the judge.
  Findings judge(const FaultServer& server) {
    const auto accepted = server.accepted();
    for (const auto& id : received_) findings_.lost += accepted.contains(id) ? 0U : 1U;
    findings_.lost += findings_.submitted - findings_.received - findings_.held;
    for (const auto& [id, times] : accepted) findings_.strangers += received_.contains(id) || held_.contains(id) ? 0U : 1U;
    findings_.conflicts = server.conflicts();
    findings_.tally = server.tally();
    findings_.requests = server.puts();
    findings_.connections = server.connections();
    return findings_;
  }

  std::uint64_t seed_;
  int faults_;
  Progress& progress_;
  test_support::TemporaryFolder folder_;
  base::SystemClock clock_;
  base::SeededRandom random_;
  base::UuidSource ids_{clock_, random_};
  std::set<std::string> open_, received_, held_, numbers_;
  Findings findings_;
};

bool print(const Findings& all, std::chrono::duration<double> took) {
  bool good = true;
  for (const auto name : test_support::behaviour_names()) {
    const auto found = all.tally.find(std::string(name));
    const int times = found == all.tally.end() ? 0 : found->second;
    fmt::print("{:>8}  {}\n", times, name);
    if (times == 0) good = false;
  }
  if (!good) fmt::print("a fault never occurred: this run proves too little\n");
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{} faulted requests of {}, {} connections, {} applications in {:.1f} s; largest memory {} MiB\n",
             faults_in(all.tally), all.requests, all.connections, all.submitted, took.count(), usage.ru_maxrss / 1024);
  fmt::print("received {}, held {} of {} refused, lost {}, doubled {}, effects nobody knows of {}, conflicts {}\n", all.received,
             all.held, all.refused(), all.lost, all.doubled, all.strangers, all.conflicts);
  return good && all.saved == all.submitted && all.lost == 0 && all.doubled == 0 && all.strangers == 0 && all.conflicts == 0 &&
         all.held <= static_cast<std::size_t>(all.refused());  // a refusal that came too late is given again
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Couriers with real queues against fault servers that misbehave at random; then everything has to arrive.");
  int faulted = 3000;
  std::uint64_t seed = 1;
  int workers = 2;
  app.add_option("--faulted", faulted, "requests served wrongly, at least")->capture_default_str();
  app.add_option("--seed", seed, "of the first worker; each has the next")->capture_default_str();
  app.add_option("--workers", workers, "queues, each with a server of its own")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  base::log::quiet();
  fmt::print("seed {}, {} workers\n", seed, workers);
  const auto start = std::chrono::steady_clock::now();
  Progress progress(faulted);
  std::vector<Findings> found(static_cast<std::size_t>(workers));
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < workers; ++i)
      threads.emplace_back([&, i] {
        found[static_cast<std::size_t>(i)] = Worker(seed + static_cast<std::uint64_t>(i), faulted / workers, progress).run();
      });
  }
  Findings all;
  for (const auto& each : found) all.add(each);
  return print(all, std::chrono::steady_clock::now() - start) ? 0 : 1;
}
