#include "kiosk/app/control/control_call.h"

#include <sys/socket.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "kiosk/app/control/asker.h"

namespace kiosk {

namespace {

std::int64_t account_behind(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? std::int64_t{peer.uid} : -1;
}

}  // namespace

ControlCall::Asker::Asker(base::FileDescriptor socket) : socket_(std::move(socket)), account_(account_behind(socket_.get())) {}

bool ControlCall::Asker::write(const std::string& line) {
  if (gone_) return false;
  const auto sent = ::send(socket_.get(), line.data(), line.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  heard_ = true;
  if (sent == static_cast<ssize_t>(line.size())) return true;
  let_go();
  return false;
}

void ControlCall::Asker::let_go() {
  gone_ = true;
  shutdown(socket_.get(), SHUT_RDWR);  // which also wakes the server's thread
}

ControlCall::ControlCall(std::shared_ptr<Asker> asker, nlohmann::json request)
    : asker_(std::move(asker)), account_(asker_->account()), request_(std::make_unique<nlohmann::json>(std::move(request))) {
  constexpr const char* kName = "request";
  name_ = text(kName);
}

ControlCall::ControlCall(ControlCall&& other) noexcept = default;

ControlCall& ControlCall::operator=(ControlCall&& other) noexcept {
  if (this != &other) {
    if (asker_) refuse("the kiosk is busy");
    asker_ = std::move(other.asker_);
    account_ = other.account_;
    name_ = std::move(other.name_);
    request_ = std::move(other.request_);
  }
  return *this;
}

ControlCall::~ControlCall() {
  if (asker_) refuse("the kiosk is busy");
}

std::string ControlCall::text(const char* key) const {
  const auto found = request_->find(key);
  return found != request_->end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool ControlCall::is_heard() const { return asker_ && !asker_->gone(); }

bool ControlCall::tell(const nlohmann::json& part) {
  nlohmann::json line = part;
  line["ok"] = true;
  line["more"] = true;
  return send(std::move(line));
}

void ControlCall::answer(const nlohmann::json& fields) {
  nlohmann::json line = fields;
  line["ok"] = true;
  send(std::move(line));
  if (asker_) std::exchange(asker_, nullptr)->let_go();
}

void ControlCall::answer() { answer(nlohmann::json::object()); }

void ControlCall::refuse(const std::string& error) {
  send({{"ok", false}, {"error", error}});
  if (asker_) std::exchange(asker_, nullptr)->let_go();
}

bool ControlCall::send(nlohmann::json line) {
  if (!asker_) return false;
  std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  if (text.size() > kLongestAnswerLine)
    text = R"({"ok":false,"error":"the answer is longer than 64 KiB"})"
           "\n";
  return asker_->write(text);
}

}  // namespace kiosk
