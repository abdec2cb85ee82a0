#include "tests/bench/waiting_queue.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <map>

#include "base/file_descriptor.h"
#include "offline_cache/receipt_code.h"
#include "offline_cache/sealing/envelope.h"
#include "offline_cache/sqlite/open_outbox.h"
#include "offline_cache/sqlite/store_files.h"
#include "offline_cache/sqlite/stored_row.h"

namespace bench {
namespace {

namespace fs = std::filesystem;
using offline_cache::Database;

constexpr std::size_t kApplication = 1'400;  // bytes of answers
constexpr std::size_t kStock = 64;
constexpr std::int64_t kQuota = 16LL << 30;                       // bytes
constexpr std::uint32_t kOdd = 0x9E37'79B1;                       // multiplying by it visits every receipt number once
constexpr std::string_view kCache = "PRAGMA cache_size=-200000";  // kB; three of the indexes are filled at random places

bool write_rows(Database& database, std::int64_t rows) {
  Sealer sealer;
  StockOfEnvelopes stock(sealer);
  auto transaction = offline_cache::Transaction::begin(database);
  for (std::int64_t i = 0; transaction && i < rows; ++i) {
    const auto& envelope = stock.next();
    offline_cache::StoredRow row;
    row.id = sealer.next_id();
    row.receipt = static_cast<std::uint32_t>(i + 1) * kOdd % offline_cache::kReceiptNumbers;
    row.version = envelope.version;
    row.suite = envelope.suite;
    row.key_id = envelope.key_id;
    row.boot_id = "bench";
    row.digest = envelope.digest;
    row.plaintext_digest = envelope.plaintext_digest;
    row.payload = envelope.bytes;
    row.chain.resize(sizeof(offline_cache::Chain));
    sealer.random().fill({reinterpret_cast<std::uint8_t*>(row.chain.data()), row.chain.size()});
    row.created = std::chrono::duration_cast<std::chrono::milliseconds>(sealer.clock().wall().time_since_epoch()).count();
    if (!offline_cache::write_row(row, database)) return false;
  }
  return transaction && transaction->commit();
}

bool fill(const fs::path& folder, std::int64_t rows) {
  base::SystemClock clock;
  base::SystemRandom random;
  fs::create_directories(folder);
  if (open_queue(folder, clock, random) == nullptr) return false;
  if (rows == 0) return true;
  const auto file = offline_cache::StoreFiles{folder}.database();
  {
    auto database = Database::open(file);
    if (!database) return false;
    for (const auto sql : {std::string_view("PRAGMA journal_mode=MEMORY"), std::string_view("PRAGMA synchronous=OFF"), kCache})
      if (!database->run(sql)) return false;
    if (!write_rows(*database, rows)) return false;
  }
  const base::FileDescriptor written(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  return written.valid() && fsync(written.get()) == 0;  // else what is measured next waits for these bytes
}

}  // namespace

fs::path bench_folder() {
  const char* given = std::getenv("LINLI_BENCH_FOLDER");
  return given != nullptr ? given : ".";
}

bool quick() { return std::getenv("LINLI_BENCH_QUICK") != nullptr; }

std::int64_t a_million() { return quick() ? 100'000 : 1'000'000; }

Sealer::Sealer(const std::string& office_key)
    : key_(*offline_cache::OfficeKey::parse(office_key)),
      device_(*offline_cache::DeviceKey::load_or_create(bench_folder() / "device.key", 1)),
      application_(fmt::format(R"({{"answers":{{"text":"{}"}},"language":"zh","service":{{"id":"repair-report","version":1}}}})",
                               std::string(kApplication, 'x'))) {}

offline_cache::Envelope Sealer::next() {
  auto envelope =
      *offline_cache::seal({ids_.next(), base::Secret(application_)}, {"HP-03", clock_.wall(), true}, key_, device_, random_);
  envelope.chain.emplace();
  random_.fill(*envelope.chain);
  return envelope;
}

StockOfEnvelopes::StockOfEnvelopes(Sealer& sealer) {
  while (stock_.size() < kStock) stock_.push_back(sealer.next());
}

std::optional<fs::path> queue_with(std::int64_t rows) {
  static std::map<std::int64_t, fs::path> made;
  if (const auto found = made.find(rows); found != made.end()) return found->second;
  const fs::path folder = bench_folder() / fmt::format("queue-{}", rows);
  const pid_t child = fork();
  if (child == 0) _exit(fill(folder, rows) ? EXIT_SUCCESS : EXIT_FAILURE);
  int status = EXIT_FAILURE;
  if (child < 0 || waitpid(child, &status, 0) != child || status != EXIT_SUCCESS) return std::nullopt;
  return made[rows] = folder;
}

std::unique_ptr<offline_cache::Outbox> open_queue(const fs::path& folder, const base::Clock& clock, base::Random& random) {
  auto opened = offline_cache::open_outbox(folder, {.quota_bytes = kQuota}, clock, random);
  return opened ? std::move(opened->outbox) : nullptr;
}

}  // namespace bench
