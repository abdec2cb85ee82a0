// links: linli_app linli_offline_cache CURL::libcurl fmt::fmt
// How fast a backlog leaves: the real courier and queue against the real platform, a process of its own on the loopback
// address, plain and by TLS with certificates on both sides. Beside a plain loop that does what cannot be left out: one PUT
// over a kept connection, and one write in place and flush for each.
#include <benchmark/benchmark.h>
#include <curl/curl.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "kiosk/app/gateway_child.h"
#include "offline_cache/courier/queue_courier.h"
#include "test_places.h"
#include "tests/bench/inplace_write.h"
#include "tests/bench/percentiles.h"
#include "tests/bench/waiting_queue.h"

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto kLongestSilence = 30s;

int backlog() { return bench::quick() ? 300 : 3000; }

// The platform, and how a courier reaches it.
struct Office {
  std::unique_ptr<kiosk::GatewayChild> platform;
  offline_cache::CourierConfiguration configuration;

  static std::optional<Office> open(const fs::path& folder, bool tls) {
    fs::create_directories(folder);
    auto made =
        kiosk::GatewayChild::create(folder / "platform", LINLI_SOURCE_DIR "/assets/services", tls, [](const std::string&) {});
    if (!made || !(*made)->switch_on(true)) return std::nullopt;
    Office office{*std::move(made), {}};
    office.configuration.data_folder = folder / "data";
    office.configuration.terminal = "HP-03";
    office.configuration.fleet_spread = {};
    office.platform->describe(office.configuration);
    return office;
  }
};

// Counts what has arrived, and when.
class Arrivals {
 public:
  explicit Arrivals(int expected) : left_(expected) {}

  void hear(const offline_cache::CourierEvent& event) {
    if (!std::holds_alternative<offline_cache::Received>(event)) return;
    const std::lock_guard lock(mutex_);
    last_ = Clock::now();
    if (!first_) first_ = last_;
    --left_;
    changed_.notify_one();
  }

  // From the first arrival to the last; nothing when they do not all come.
  std::optional<double> seconds() {
    std::unique_lock lock(mutex_);
    while (left_ > 0) {
      const int before = left_;
      if (!changed_.wait_for(lock, kLongestSilence, [&] { return left_ != before; })) return std::nullopt;
    }
    return std::chrono::duration<double>(last_ - *first_).count();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int left_;
  std::optional<Clock::time_point> first_;
  Clock::time_point last_;
};

bool make_backlog(const Office& office, int count) {
  bench::Sealer sealer(office.configuration.office_key);
  fs::create_directories(office.configuration.data_folder);
  const auto outbox = bench::open_queue(office.configuration.data_folder, sealer.clock(), sealer.random());
  bool stored = outbox != nullptr;
  for (int i = 0; stored && i < count; ++i) {
    stored = static_cast<bool>(outbox->enqueue(sealer.next(), false));
    (void)outbox->tidy(offline_cache::Outbox::Tidy::when_idle);
  }
  return stored;
}

void drain_by(benchmark::State& state, bool tls) {
  const fs::path folder = bench::bench_folder() / "drain";
  auto office = Office::open(folder, tls);
  if (!office || !make_backlog(*office, backlog())) return state.SkipWithError("no platform, or no backlog");
  const base::SystemClock clock;
  base::SystemRandom random;
  for (auto _ : state) {
    Arrivals arrivals(backlog());
    const auto courier = offline_cache::make_queue_courier(
        office->configuration, clock, random, [&](const offline_cache::CourierEvent& event) { arrivals.hear(event); });
    const auto seconds = arrivals.seconds();
    if (!seconds) return state.SkipWithError("the backlog does not leave");
    state.SetIterationTime(*seconds);
    state.counters["each_us"] = *seconds * 1e6 / (backlog() - 1);
    state.counters["per_second"] = (backlog() - 1) / *seconds;
  }
  office.reset();
  fs::remove_all(folder);
}
void drain(benchmark::State& state) { drain_by(state, false); }
BENCHMARK(drain)->UseManualTime()->Iterations(1);
void drain_tls(benchmark::State& state) { drain_by(state, true); }
BENCHMARK(drain_tls)->UseManualTime()->Iterations(1);

// libcurl's easy interface, as anyone would use it.
class PlainClient {
 public:
  explicit PlainClient(const Office& office) : platform_(office.configuration.platform_url) {
    const auto& trust = office.configuration.trust;
    curl_easy_setopt(
        curl_.get(), CURLOPT_WRITEFUNCTION, +[](char*, std::size_t size, std::size_t count, void*) { return size * count; });
    curl_easy_setopt(curl_.get(), CURLOPT_CUSTOMREQUEST, "PUT");
    curl_easy_setopt(curl_.get(), CURLOPT_NOPROXY, "*");
    if (trust.ca.empty()) return;
    curl_easy_setopt(curl_.get(), CURLOPT_CAINFO, trust.ca.c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_SSLCERT, trust.certificate.c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_SSLKEY, trust.key.c_str());
  }

  bool put(const offline_cache::Envelope& envelope) {
    const std::string url = platform_ + "/v1/applications/" + envelope.id.text();
    curl_slist* headers = nullptr;
    for (const auto& line :
         {std::string("Content-Type: application/json"), "Content-Digest: " + offline_cache::wire_form(envelope.digest),
          "Idempotency-Key: \"" + envelope.id.text() + "\""})
      headers = curl_slist_append(headers, line.c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(envelope.bytes.size()));
    curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDS, envelope.bytes.data());
    const auto done = curl_easy_perform(curl_.get());
    curl_slist_free_all(headers);
    long status = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    return done == CURLE_OK && status == 201;
  }

 private:
  struct Cleanup {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  };
  const std::string platform_;
  const std::unique_ptr<CURL, Cleanup> curl_{curl_easy_init()};
};

void drain_plain_by(benchmark::State& state, bool tls) {
  const fs::path folder = bench::bench_folder() / "drain";
  auto office = Office::open(folder, tls);
  if (!office) return state.SkipWithError("no platform");
  bench::Sealer sealer(office->configuration.office_key);
  std::vector<offline_cache::Envelope> envelopes;
  while (std::ssize(envelopes) < backlog()) envelopes.push_back(sealer.next());
  PlainClient client(*office);
  bench::InplaceWrite file(bench::bench_folder());
  for (auto _ : state) {
    if (!client.put(envelopes.front())) return state.SkipWithError("the platform does not take it");
    const auto begun = Clock::now();
    for (auto next = envelopes.begin() + 1; next != envelopes.end(); ++next)
      if (!client.put(*next) || !file.write_once()) return state.SkipWithError("the platform does not take it");
    const std::chrono::duration<double> took = Clock::now() - begun;
    state.SetIterationTime(took.count());
    state.counters["each_us"] = took.count() * 1e6 / (backlog() - 1);
    state.counters["per_second"] = (backlog() - 1) / took.count();
  }
  office.reset();
  fs::remove_all(folder);
}
void drain_plain(benchmark::State& state) { drain_plain_by(state, false); }
BENCHMARK(drain_plain)->UseManualTime()->Iterations(1);
void drain_plain_tls(benchmark::State& state) { drain_plain_by(state, true); }
BENCHMARK(drain_plain_tls)->UseManualTime()->Iterations(1);

}  // namespace
