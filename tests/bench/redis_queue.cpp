// Redis: a list to wait in and one for what is claimed (its documented "reliable queue"), appendonly file, fsync always.
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <initializer_list>
#include <string_view>

#include "base/file_descriptor.h"
#include "tests/bench/peer_queue.h"
#include "tests/bench/resident_memory.h"
#include "tests/bench/server_process.h"

namespace bench {
namespace {

namespace fs = std::filesystem;
constexpr std::int64_t kInFlight = 200;  // commands that are sent before their answers are read, while filling

// RESP, as much of it as is needed here.
class RedisConnection {
 public:
  explicit RedisConnection(const fs::path& where) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (where.native().size() >= sizeof address.sun_path) return;
    where.native().copy(address.sun_path, where.native().size());
    connected_ = ::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  bool connected() const { return connected_; }

  void add(std::initializer_list<std::string_view> words) {
    request_ += fmt::format("*{}\r\n", words.size());
    for (const auto word : words) request_ += fmt::format("${}\r\n{}\r\n", word.size(), word);
  }
  bool send() {
    std::string_view left = request_;
    while (!left.empty()) {
      const auto written = ::send(socket_.get(), left.data(), left.size(), MSG_NOSIGNAL);
      if (written <= 0) return false;
      left.remove_prefix(static_cast<std::size_t>(written));
    }
    request_.clear();
    return true;
  }
  // The text of the next answer, of an array its last; nothing when it is an error, null, or the server is gone.
  std::optional<std::string> answer() {
    const auto line = this->line();
    if (!line || line->empty() || line->front() == '-') return std::nullopt;
    const std::string rest = line->substr(1);
    if (line->front() != '$' && line->front() != '*') return rest;
    long count = -1;
    std::from_chars(rest.data(), rest.data() + rest.size(), count);
    if (count < 0) return std::nullopt;
    if (line->front() == '$') return bytes(static_cast<std::size_t>(count));
    std::optional<std::string> last;
    for (long i = 0; i < count; ++i) last = answer();
    return last;
  }
  std::optional<std::string> ask(std::initializer_list<std::string_view> words) {
    add(words);
    return send() ? answer() : std::nullopt;
  }

 private:
  std::optional<std::string> line() {
    for (;;) {
      if (const auto end = received_.find("\r\n", read_); end != std::string::npos) {
        std::string found = received_.substr(read_, end - read_);
        read_ = end + 2;
        return found;
      }
      if (!receive()) return std::nullopt;
    }
  }
  std::optional<std::string> bytes(std::size_t count) {
    while (received_.size() - read_ < count + 2)
      if (!receive()) return std::nullopt;
    std::string found = received_.substr(read_, count);
    read_ += count + 2;
    return found;
  }
  bool receive() {
    received_.erase(0, std::exchange(read_, 0));
    std::array<char, 65536> piece{};
    const auto count = recv(socket_.get(), piece.data(), piece.size(), 0);
    if (count > 0) received_.append(piece.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  base::FileDescriptor socket_;
  bool connected_ = false;
  std::string request_, received_;
  std::size_t read_ = 0;
};

class RedisQueue final : public PeerQueue {
 public:
  RedisQueue() : folder_(bench_folder() / "redis") {
    fs::create_directories(folder_);
    (void)start();
  }
  ~RedisQueue() override {
    server_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  bool running() const { return connection_ != nullptr; }

  bool fill(std::int64_t rows, Sealer& sealer) override {
    StockOfEnvelopes stock(sealer);
    if (!connection_->ask({"CONFIG", "SET", "appendfsync", "no"})) return false;
    for (std::int64_t done = 0; done < rows;) {
      const std::int64_t now = std::min(kInFlight, rows - done);
      for (std::int64_t i = 0; i < now; ++i) connection_->add({"LPUSH", "waiting", stock.next().bytes});
      if (!connection_->send()) return false;
      for (std::int64_t i = 0; i < now; ++i, ++done)
        if (!connection_->answer()) return false;
    }
    return connection_->ask({"CONFIG", "SET", "appendfsync", "always"}) && connection_->ask({"SET", "filled", "1"});
  }

  bool enqueue(const offline_cache::Envelope& envelope) override {
    return connection_->ask({"LPUSH", "waiting", envelope.bytes}).has_value();
  }

  bool claim() override {
    auto claimed = connection_->ask({"LMOVE", "waiting", "claimed", "RIGHT", "LEFT"});
    claimed_ = claimed.value_or("");
    return claimed.has_value();
  }

  bool acknowledge_and_claim() override {
    connection_->add({"MULTI"});
    connection_->add({"LREM", "claimed", "1", claimed_});
    connection_->add({"LMOVE", "waiting", "claimed", "RIGHT", "LEFT"});
    connection_->add({"EXEC"});
    if (!connection_->send()) return false;
    for (int queued = 0; queued < 3; ++queued)
      if (!connection_->answer()) return false;
    auto claimed = connection_->answer();
    claimed_ = claimed.value_or("");
    return claimed.has_value();
  }

  std::optional<double> restart_seconds() override {
    connection_.reset();
    server_.reset();
    const auto begun = std::chrono::steady_clock::now();
    if (!start()) return std::nullopt;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    return took.count();
  }

  double memory_mib() const override { return resident_mib(server_->pid()); }

 private:
  bool start() {
    const auto where = folder_ / "s";
    server_ = std::make_unique<ServerProcess>(
        ServerCommand{{"redis-server", "--port", "0", "--unixsocket", where.string(), "--dir", folder_.string(), "--save", "",
                       "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"},
                      folder_ / "log"});
    const auto answers = [&] {
      auto connection = std::make_unique<RedisConnection>(where);
      if (!connection->connected() || !connection->ask({"LLEN", "waiting"})) return false;  // not while it is loading
      (void)connection->ask({"LINDEX", "waiting", "-1"});
      connection_ = std::move(connection);
      return true;
    };
    return server_->wait_until(answers, std::chrono::minutes{5});
  }

  const fs::path folder_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<RedisConnection> connection_;
  std::string claimed_;
};

}  // namespace

std::unique_ptr<PeerQueue> start_redis() {
  auto queue = std::make_unique<RedisQueue>();
  return queue->running() ? std::move(queue) : nullptr;
}

}  // namespace bench
