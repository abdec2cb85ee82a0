#include "kiosk/app/control/control_client.h"

#include <poll.h>

#include <array>
#include <cerrno>

#include "kiosk/app/control/control_call.h"
#include "kiosk/app/control/unix_address.h"

namespace kiosk {
namespace {

using std::chrono::milliseconds;

base::Error broken(std::string why) { return {base::Failure::internal, std::move(why)}; }

}  // namespace

std::optional<ControlClient> ControlClient::open(const std::filesystem::path& socket) {
  const auto address = UnixAddress::of(socket);
  if (!address) return std::nullopt;
  base::FileDescriptor connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (connect(connection.get(), address->get(), UnixAddress::size()) != 0) return std::nullopt;
  return ControlClient(std::move(connection));
}

base::Status ControlClient::ask(const nlohmann::json& request, std::optional<milliseconds> patience,
                                const std::function<bool(const nlohmann::json&)>& take) {
  const std::string text = request.dump() + '\n';
  if (send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
    return broken("the kiosk does not take the request");
  while (true) {
    auto received = line(patience);
    if (!received) return received.error();
    const auto answer = nlohmann::json::parse(*received, nullptr, false);
    if (!answer.is_object()) return broken("the kiosk's answer is no JSON");
    if (!answer.value("ok", false)) return broken(answer.value("error", "the kiosk refuses"));
    if (!take(answer) || !answer.value("more", false)) return {};
  }
}

base::Result<nlohmann::json> ControlClient::ask(const nlohmann::json& request, milliseconds patience) {
  nlohmann::json answer;
  auto asked = ask(request, patience, [&](const nlohmann::json& line) {
    answer = line;
    return false;
  });
  if (!asked) return asked.error();
  return answer;
}

base::Result<std::string> ControlClient::line(std::optional<milliseconds> patience) {
  std::array<char, 4096> bytes{};
  while (true) {
    if (const auto end = received_.find('\n'); end != std::string::npos) {
      std::string first = received_.substr(0, end);
      received_.erase(0, end + 1);
      return first;
    }
    if (received_.size() > kLongestAnswerLine) return broken("the kiosk's answer is too long");
    pollfd waits{socket_.get(), POLLIN, 0};
    if (poll(&waits, 1, patience ? static_cast<int>(patience->count()) : -1) == 0) return broken("the kiosk does not answer");
    const auto count = recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return broken("the kiosk has ended");
    received_.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace kiosk
