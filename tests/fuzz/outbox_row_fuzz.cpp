// links: linli_offline_cache
// A row as it stands on a disk that changed it: any value of any type in any column. What is accepted keeps the limits that the
// queue relies on.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "offline_cache/receipt_code.h"
#include "offline_cache/sqlite/stored_row.h"

namespace {

using offline_cache::RowSource;

constexpr std::string_view kColumns = "SELECT ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?";
constexpr int kCount = 23;

// Each column takes a byte for its type, one for its length, and its bytes.
class Values {
 public:
  Values(const std::uint8_t* data, std::size_t size) : left_(reinterpret_cast<const char*>(data), size) {}
  std::string_view take(std::size_t count) {
    const auto taken = left_.substr(0, count);
    left_.remove_prefix(taken.size());
    return taken;
  }
  std::size_t number() {
    const auto byte = take(1);
    return byte.empty() ? 0 : static_cast<std::uint8_t>(byte.front());
  }

 private:
  std::string_view left_;
};

offline_cache::Statement bound(offline_cache::Database& database, Values values) {
  auto statement = database.query(kColumns);
  for (int column = 0; column < kCount; ++column) {
    const auto type = values.number() % 4;
    const auto bytes = values.take(values.number());
    std::int64_t number = 0;
    for (const char byte : bytes.substr(0, 8))
      number = static_cast<std::int64_t>(static_cast<std::uint64_t>(number) << 8U | static_cast<std::uint8_t>(byte));
    if (type == 0) (void)std::move(statement).bind(number);
    if (type == 1) (void)std::move(statement).bind(bytes);
    if (type == 2) (void)std::move(statement).bind_blob(bytes);
    if (type == 3) (void)std::move(statement).bind_null();
  }
  return statement;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto database = *offline_cache::Database::open(":memory:");
  for (const auto source : {RowSource::current, RowSource::version_1}) {
    auto statement = bound(database, Values(data, size));
    if (const auto found = statement.step(); !found || !*found) std::abort();
    const auto row = offline_cache::read_row(statement, source);
    if (row && (row->receipt >= offline_cache::kReceiptNumbers || static_cast<int>(row->state) < 1 ||
                static_cast<int>(row->state) > 6 || (!row->chain.empty() && row->chain.size() != 16)))
      std::abort();
  }
  auto statement = bound(database, Values(data, size));
  (void)statement.step();
  const auto payload = offline_cache::read_payload(statement);
  if (payload && payload->receipt >= offline_cache::kReceiptNumbers) std::abort();
  return 0;
}
