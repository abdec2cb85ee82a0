// PostgreSQL: one table and SELECT … FOR UPDATE SKIP LOCKED, fsync and synchronous_commit on, which are its defaults.
#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>

#include "tests/bench/peer_queue.h"
#include "tests/bench/resident_memory.h"
#include "tests/bench/server_process.h"

namespace bench {
namespace {

namespace fs = std::filesystem;
constexpr const char* kServerUser = "postgres";  // it refuses to run as root

constexpr const char* kTables =
    "CREATE TABLE app(seq bigserial PRIMARY KEY, id bytea NOT NULL UNIQUE, claimed boolean NOT NULL DEFAULT false,"
    " envelope bytea NOT NULL);"
    "ALTER TABLE app ALTER envelope SET STORAGE EXTERNAL;"  // sealed bytes do not shrink
    "CREATE INDEX waiting ON app(seq) WHERE NOT claimed";
constexpr const char* kEnqueue = "INSERT INTO app(id,envelope) VALUES($1,$2) RETURNING seq";
constexpr const char* kClaimNext =
    "WITH gone AS (DELETE FROM app WHERE seq=$1) "
    "UPDATE app SET claimed=true WHERE seq=(SELECT seq FROM app WHERE NOT claimed ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " RETURNING seq,envelope";

fs::path installed() {
  fs::path found;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none))
    if (fs::exists(version.path() / "bin/postgres")) found = version.path() / "bin";
  return found;
}

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, FreeResult>;
struct Hangup {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};

bool succeeded(const Answer& answer) {
  const auto status = PQresultStatus(answer.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

void append_number(std::string& bytes, std::uint32_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
    bytes.push_back(static_cast<char>(value >> static_cast<unsigned>(shift)));
}

class PostgresQueue final : public PeerQueue {
 public:
  PostgresQueue() : folder_(bench_folder() / "postgres"), programs_(installed()) {
    fs::create_directories(folder_);
    if (programs_.empty() || !give_to(folder_, kServerUser)) return;
    const auto made = ServerProcess::run({{(programs_ / "initdb").string(), "--auth=trust", "--username=linli",
                                           "--pgdata=" + data().string(), "--no-instructions"},
                                          bench_folder() / "postgres.log",
                                          kServerUser});
    ready_ = made && start() && succeeded(ask(kTables)) && prepare();
  }
  ~PostgresQueue() override {
    connection_.reset();
    server_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  bool running() const { return ready_; }

  // COPY in its binary form.
  bool fill(std::int64_t rows, Sealer& sealer) override {
    StockOfEnvelopes stock(sealer);
    if (PQresultStatus(ask("COPY app(id,envelope) FROM STDIN (FORMAT binary)").get()) != PGRES_COPY_IN) return false;
    std::string bytes("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    for (std::int64_t i = 0; i < rows; ++i) {
      const auto id = sealer.next_id();
      const auto& envelope = stock.next().bytes;
      append_number(bytes, 2, 2);
      append_number(bytes, static_cast<std::uint32_t>(id.bytes.size()), 4);
      bytes.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
      append_number(bytes, static_cast<std::uint32_t>(envelope.size()), 4);
      bytes.append(envelope);
      if (PQputCopyData(connection_.get(), bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
      bytes.clear();
    }
    append_number(bytes, 0xFFFF, 2);
    if (PQputCopyData(connection_.get(), bytes.data(), static_cast<int>(bytes.size())) != 1 ||
        PQputCopyEnd(connection_.get(), nullptr) != 1)
      return false;
    while (Answer answer{PQgetResult(connection_.get())})
      if (!succeeded(answer)) return false;
    return succeeded(ask("VACUUM ANALYZE app")) && succeeded(ask("CHECKPOINT"));
  }

  bool enqueue(const offline_cache::Envelope& envelope) override {
    const std::array<const char*, 2> values{reinterpret_cast<const char*>(envelope.id.bytes.data()), envelope.bytes.data()};
    const std::array<int, 2> sizes{static_cast<int>(envelope.id.bytes.size()), static_cast<int>(envelope.bytes.size())};
    const std::array<int, 2> binary{1, 1};
    return one_row(Answer(PQexecPrepared(connection_.get(), "enqueue", 2, values.data(), sizes.data(), binary.data(), 1)));
  }

  bool claim() override { return acknowledge_and_claim(); }  // the number of none is deleted

  bool acknowledge_and_claim() override {
    const std::array<const char*, 1> values{claimed_.c_str()};
    Answer answer(PQexecPrepared(connection_.get(), "claim", 1, values.data(), nullptr, nullptr, 0));
    if (!one_row(answer)) return false;
    claimed_ = PQgetvalue(answer.get(), 0, 0);
    return true;
  }

  std::optional<double> restart_seconds() override {
    connection_.reset();
    server_.reset();
    const auto begun = std::chrono::steady_clock::now();
    if (!start() || !one_row(ask("SELECT seq,envelope FROM app WHERE NOT claimed ORDER BY seq LIMIT 1"))) return std::nullopt;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    if (!prepare()) return std::nullopt;
    return took.count();
  }

  double memory_mib() const override { return resident_mib(server_->pid()); }

 private:
  fs::path data() const { return folder_ / "data"; }
  static bool one_row(const Answer& answer) {
    return PQresultStatus(answer.get()) == PGRES_TUPLES_OK && PQntuples(answer.get()) == 1;
  }
  Answer ask(const char* sql) { return Answer(PQexec(connection_.get(), sql)); }
  bool prepare() {
    return succeeded(Answer(PQprepare(connection_.get(), "enqueue", kEnqueue, 0, nullptr))) &&
           succeeded(Answer(PQprepare(connection_.get(), "claim", kClaimNext, 0, nullptr)));
  }
  bool start() {
    server_ = std::make_unique<ServerProcess>(ServerCommand{
        {(programs_ / "postgres").string(), "-D", data().string(), "-k", folder_.string(), "-c", "listen_addresses="},
        bench_folder() / "postgres.log",
        kServerUser,
        SIGINT});
    const std::string where = fmt::format("host={} dbname=postgres user=linli", folder_.string());
    return server_->wait_until([&] {
      connection_.reset(PQconnectdb(where.c_str()));
      return PQstatus(connection_.get()) == CONNECTION_OK;
    });
  }

  const fs::path folder_, programs_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<PGconn, Hangup> connection_;
  std::string claimed_ = "0";
  bool ready_ = false;
};

}  // namespace

std::unique_ptr<PeerQueue> start_postgres() {
  auto queue = std::make_unique<PostgresQueue>();
  return queue->running() ? std::move(queue) : nullptr;
}

}  // namespace bench
