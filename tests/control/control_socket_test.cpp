// The control socket: a real one in the file system, a real server and a real client.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <future>
#include <nlohmann/json.hpp>

#include "base/file_descriptor.h"
#include "base/mailbox.h"
#include "kiosk/app/control/control_client.h"
#include "kiosk/app/control/control_path.h"
#include "kiosk/app/control/control_requests.h"
#include "kiosk/app/control/control_server.h"
#include "kiosk/app/control/unix_address.h"

namespace {

using kiosk::ControlCall;
using kiosk::ControlClient;
using kiosk::ControlServer;
using nlohmann::json;
using namespace std::chrono_literals;

constexpr auto kPatience = 20s;

class TheControlSocket : public testing::Test {
 protected:
  TheControlSocket() {
    std::string name = (std::filesystem::temp_directory_path() / "linli-control-XXXXXX").string();
    folder = mkdtemp(name.data());
    path = folder / "control.sock";
  }
  ~TheControlSocket() override {
    server.reset();
    std::filesystem::remove_all(folder);
  }

  void open() {
    auto opened = ControlServer::open(path, "", [this](ControlCall call) { calls.post(std::move(call)); });
    ASSERT_TRUE(opened.ok()) << opened.error().detail;
    server = *std::move(opened);
  }
  ControlCall next() {
    auto call = calls.take_for(kPatience);
    EXPECT_TRUE(call) << "no request came";
    return *std::move(call);
  }
  // Asks on a thread of its own, while the test answers.
  std::future<std::string> ask(const json& request) const {
    return std::async(std::launch::async, [this, request] {
      auto client = ControlClient::open(path);
      if (!client) return std::string("nobody listens");
      auto answer = client->ask(request, kPatience);
      return answer ? answer->dump() : answer.error().detail;
    });
  }
  // What a stranger's bytes are answered with, until the end.
  std::string say(const std::string& bytes) const {
    const base::FileDescriptor stranger(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(connect(stranger.get(), kiosk::UnixAddress::of(path)->get(), kiosk::UnixAddress::size()), 0);
    for (std::size_t sent = 0; sent < bytes.size();) {
      const auto count = send(stranger.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) break;
      sent += static_cast<std::size_t>(count);
    }
    std::string answer;
    std::array<char, 512> buffer{};
    for (ssize_t count = 0; (count = recv(stranger.get(), buffer.data(), buffer.size(), 0)) > 0;)
      answer.append(buffer.data(), static_cast<std::size_t>(count));
    return answer;
  }

  std::filesystem::path folder, path;
  base::Mailbox<ControlCall> calls;
  std::unique_ptr<ControlServer> server;
};

TEST_F(TheControlSocket, carries_a_question_and_its_answer) {
  open();
  auto answer = ask({{"request", "devices"}, {"level", "active"}});
  auto call = next();
  EXPECT_EQ(call.name(), "devices");
  EXPECT_EQ(call.text("level"), "active");
  EXPECT_EQ(call.text("nothing"), "");
  EXPECT_EQ(call.account(), static_cast<std::int64_t>(getuid()));
  call.answer({{"devices", json::array()}});
  EXPECT_EQ(answer.get(), R"({"devices":[],"ok":true})");
}

TEST_F(TheControlSocket, is_for_its_owner_alone_and_goes_with_the_kiosk) {
  open();
  struct stat file {};
  ASSERT_EQ(stat(path.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  server.reset();
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(ControlClient::open(path));
}

TEST_F(TheControlSocket, takes_the_place_of_one_whose_kiosk_was_killed) {
  {
    const base::FileDescriptor dead(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(bind(dead.get(), kiosk::UnixAddress::of(path)->get(), kiosk::UnixAddress::size()), 0);
  }
  ASSERT_TRUE(std::filesystem::exists(path));
  open();
  auto answer = ask({{"request", "devices"}});
  next().answer(json::object());
  EXPECT_EQ(answer.get(), R"({"ok":true})");
}

TEST_F(TheControlSocket, leaves_another_kiosk_and_other_files_alone) {
  open();
  const auto second = ControlServer::open(path, "", [](const ControlCall&) {});
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().detail.find("another kiosk"), std::string::npos);
  const auto file = folder / "precious";
  std::ofstream(file) << "text";
  EXPECT_FALSE(ControlServer::open(file, "", [](const ControlCall&) {}).ok());
  EXPECT_EQ(std::filesystem::file_size(file), 4U);
}

TEST_F(TheControlSocket, is_refused_at_a_place_that_cannot_be) {
  const auto nothing = [](const ControlCall&) {};
  EXPECT_FALSE(ControlServer::open(folder / std::string(120, 'x'), "", nothing).ok());
  EXPECT_FALSE(ControlServer::open(folder / "none" / "control.sock", "", nothing).ok());
  EXPECT_FALSE(ControlServer::open(path, "no-such-group-here", nothing).ok());
  EXPECT_FALSE(std::filesystem::exists(path)) << "nothing is left behind";
}

TEST_F(TheControlSocket, answers_nonsense_with_what_a_request_is) {
  open();
  for (const auto* nonsense : {"hello\n", "[1,2]\n", "\"devices\"\n", "{\"request\":\n", "\n", "\xFF\xFE\n"})
    EXPECT_NE(say(nonsense).find("one line of JSON"), std::string::npos) << nonsense;
  EXPECT_NE(say(std::string(10'000, 'x')).find("longer than 4096"), std::string::npos);
  EXPECT_NE(say(std::string(4000, '[') + '\n').find("one line of JSON"), std::string::npos);
  EXPECT_FALSE(calls.try_take()) << "none of it reached the kiosk";
}

TEST_F(TheControlSocket, says_that_the_kiosk_is_busy_when_nobody_takes_the_question) {
  open();
  auto answer = ask({{"request", "devices"}});
  { const auto dropped = next(); }
  EXPECT_EQ(answer.get(), "the kiosk is busy");
}

TEST_F(TheControlSocket, tells_news_until_the_asker_leaves) {
  open();
  auto client = std::make_unique<std::optional<ControlClient>>(ControlClient::open(path));
  auto heard = std::async(std::launch::async, [&] {
    std::string all;
    auto asked = (*client)->ask({{"request", "watch"}}, kPatience, [&](const json& news) {
      all += news.value("at", "") + ' ';
      return news.value("at", "") != "noon";
    });
    client.reset();
    return asked ? all : asked.error().detail;
  });
  auto call = next();
  for (const auto* at : {"dawn", "morning", "noon"}) EXPECT_TRUE(call.tell({{"at", at}}));
  EXPECT_EQ(heard.get(), "dawn morning noon ");
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (call.is_heard() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  EXPECT_FALSE(call.tell({{"at", "evening"}}));
}

TEST_F(TheControlSocket, lets_go_of_an_asker_who_does_not_listen) {
  open();
  auto client = ControlClient::open(path);
  ASSERT_TRUE(client);
  auto asked = std::async(std::launch::async, [&] {
    return client->ask({{"request", "watch"}}, 1ms, [](const json&) { return true; });
  });
  auto call = next();
  (void)asked.get();  // gave up, but has not closed
  const json much{{"text", std::string(60'000, 'x')}};
  int told = 0;
  while (told < 100 && call.tell(much)) ++told;
  EXPECT_LT(told, 100);
  EXPECT_FALSE(call.is_heard());
}

TEST_F(TheControlSocket, never_sends_a_line_that_is_too_long) {
  open();
  auto answer = ask({{"request", "devices"}});
  next().answer({{"text", std::string(70'000, 'x')}});
  EXPECT_EQ(answer.get(), "the answer is longer than 64 KiB");
}

TEST_F(TheControlSocket, serves_many_askers_in_turn) {
  open();
  std::vector<std::future<std::string>> answers;
  for (int i = 0; i < 20; ++i) answers.push_back(ask({{"request", "devices"}}));
  for (int i = 0; i < 20; ++i) next().answer(json::object());
  for (auto& answer : answers) EXPECT_EQ(answer.get(), R"({"ok":true})");
}

TEST_F(TheControlSocket, knows_what_can_be_asked) {
  open();
  kiosk::ControlRequests requests;
  requests.offer("devices", [](ControlCall call) { call.answer({{"devices", 3}}); });
  requests.offer("check", [](ControlCall call) { call.answer({{"passed", true}}); });
  auto good = ask({{"request", "check"}});
  requests.answer(next());
  EXPECT_EQ(good.get(), R"({"ok":true,"passed":true})");
  for (const json& wrong : {json{{"request", "dance"}}, json{{"request", 7}}, json::object()}) {
    auto refused = ask(wrong);
    requests.answer(next());
    EXPECT_NE(refused.get().find("it knows check, devices"), std::string::npos);
  }
}

TEST(TheControlSocketsPlace, is_what_is_configured_else_the_services_else_the_data_folder) {
  unsetenv("RUNTIME_DIRECTORY");
  EXPECT_EQ(kiosk::control_path("/a/b.sock", "/data"), "/a/b.sock");
  EXPECT_EQ(kiosk::control_path("", "/data"), "/data/control.sock");
  setenv("RUNTIME_DIRECTORY", "/run/linli:/run/other", 1);
  EXPECT_EQ(kiosk::control_path("", "/data"), "/run/linli/control.sock");
  unsetenv("RUNTIME_DIRECTORY");
}

}  // namespace
