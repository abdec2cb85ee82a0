// Port 9100 against a real listener.
#include "hal/transport/tcp/tcp_transport.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <future>
#include <thread>

#include "base/file_descriptor.h"

namespace {

using hal::TransportError;
using std::chrono::milliseconds;

constexpr milliseconds kTcpLong{20'000};
constexpr milliseconds kTcpShort{30};

class Listener {
 public:
  explicit Listener(int backlog = 4) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(socket_.get(), raw, size), 0);
    EXPECT_EQ(listen(socket_.get(), backlog), 0);
    EXPECT_EQ(getsockname(socket_.get(), raw, &size), 0);
    port_ = ntohs(address.sin_port);
  }
  std::uint16_t port() const { return port_; }
  base::FileDescriptor accept() const { return base::FileDescriptor(accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC)); }
  void close() { socket_.reset(); }

 private:
  base::FileDescriptor socket_;
  std::uint16_t port_ = 0;
};

class ANetworkPrinter : public testing::Test {
 protected:
  hal::PortAddress address(std::string host = "127.0.0.1") const {
    hal::PortAddress there;
    there.kind = hal::PortKind::tcp;
    there.where = std::move(host);
    there.tcp_port = listener.port();
    return there;
  }
  std::string heard() const {
    std::array<char, 64> bytes{};
    const auto count = recv(printer.get(), bytes.data(), bytes.size(), 0);
    return {bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
  }
  // A connection in both directions.
  std::unique_ptr<hal::ByteTransport> opened() {
    auto transport = factory->open();
    printer = listener.accept();
    return transport;
  }

  Listener listener;
  base::FileDescriptor printer;  // its end of the connection
  std::unique_ptr<hal::TransportFactory> factory = hal::make_tcp_transport(address());
  const std::vector<std::uint8_t> sent{'t', 'e', 'x', 't'};
  std::array<std::uint8_t, 64> received{};
};

TEST_F(ANetworkPrinter, takes_bytes_and_gives_bytes) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  EXPECT_EQ(transport->info().port, "tcp:127.0.0.1:" + std::to_string(listener.port()));
  EXPECT_TRUE(transport->write(sent, kTcpLong).ok());
  EXPECT_EQ(heard(), "text");
  ASSERT_EQ(send(printer.get(), "ok", 2, 0), 2);
  EXPECT_EQ(transport->read(received, kTcpLong).count, 2U);
}

TEST_F(ANetworkPrinter, is_found_by_its_name) {
  factory = hal::make_tcp_transport(address("localhost"));
  std::unique_ptr<hal::ByteTransport> transport;
  for (int attempts = 0; !transport && attempts < 40; ++attempts) transport = factory->open();
  EXPECT_TRUE(transport);
}

TEST_F(ANetworkPrinter, whose_port_nobody_serves_is_absent) {
  listener.close();
  EXPECT_FALSE(factory->open());
  EXPECT_FALSE(factory->trouble());
}

TEST_F(ANetworkPrinter, that_never_accepts_costs_no_more_than_the_limit) {
  const Listener full(0);  // the kernel takes one or two, then lets callers wait
  auto there = address();
  there.tcp_port = full.port();
  std::vector<std::unique_ptr<hal::ByteTransport>> queue;
  const auto busy = hal::make_tcp_transport(there);
  for (int i = 0; i < 8; ++i) {
    auto next = busy->open();
    if (!next) break;
    queue.push_back(std::move(next));
  }
  EXPECT_LT(queue.size(), 8U);
}

TEST_F(ANetworkPrinter, that_stops_reading_ends_a_write_at_its_deadline_with_the_count) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  const std::vector<std::uint8_t> much(64'000'000);
  const auto written = transport->write(much, kTcpShort);
  EXPECT_EQ(written.error, TransportError::timeout);
  EXPECT_GT(written.count, 0U);
  EXPECT_LT(written.count, much.size());
}

TEST_F(ANetworkPrinter, that_closes_its_direction_is_gone_for_reading) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  ASSERT_EQ(send(printer.get(), "bye", 3, 0), 3);
  shutdown(printer.get(), SHUT_WR);
  EXPECT_EQ(transport->read(received, kTcpLong).count, 3U);
  EXPECT_EQ(transport->read(received, kTcpLong).error, TransportError::gone);
}

TEST_F(ANetworkPrinter, that_aborts_is_gone) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  const linger at_once{1, 0};
  setsockopt(printer.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  printer.reset();
  EXPECT_EQ(transport->read(received, kTcpLong).error, TransportError::gone);
  EXPECT_EQ(transport->write(sent, kTcpLong).error, TransportError::gone);
}

TEST_F(ANetworkPrinter, sees_a_clean_end_although_its_answer_was_not_read) {
  auto transport = opened();
  ASSERT_TRUE(transport);
  EXPECT_TRUE(transport->write(sent, kTcpLong).ok());
  ASSERT_EQ(send(printer.get(), "status", 6, 0), 6);
  pollfd arrived{printer.get(), POLLIN, 0};
  ASSERT_EQ(poll(&arrived, 1, 20'000), 1);
  auto closing = std::async(std::launch::async, [&] { transport.reset(); });
  EXPECT_EQ(heard(), "text");
  std::array<char, 8> more{};
  EXPECT_EQ(recv(printer.get(), more.data(), more.size(), 0), 0);  // an end, not an abort
  printer.reset();
  closing.get();
}

TEST_F(ANetworkPrinter, ends_every_call_with_cancelled_once_cancelled) {
  const auto transport = opened();
  ASSERT_TRUE(transport);
  auto read = std::async(std::launch::async, [&] { return transport->read(received, kTcpLong); });
  transport->cancel();
  EXPECT_EQ(read.get().error, TransportError::cancelled);
  EXPECT_EQ(transport->write(sent, kTcpLong).error, TransportError::cancelled);
}

TEST_F(ANetworkPrinter, stops_being_waited_for_when_cancelled) {
  auto waiting = std::async(std::launch::async, [&] { factory->wait_for_device(kTcpLong); });
  factory->cancel();
  waiting.get();
  EXPECT_FALSE(factory->trouble());
}

}  // namespace
