#include "kiosk/app/gateway_child.h"

#include <fmt/format.h>

#include <future>
#include <nlohmann/json.hpp>
#include <utility>

namespace kiosk {
namespace {

constexpr std::chrono::seconds kStartPatience{10};
constexpr const char* kTls = "tls";  // folder of the certificates

std::string gateway_program() { return (program_folder() / "linli-gateway").string(); }

// "2026-000017  senior-allowance", or nothing for lines that are not about an application.
std::string received_line(const nlohmann::json& event) {
  if (event.value("event", "") != "received") return {};
  return fmt::format("{}  {}", event.value("number", "?"), event.value("service", "?"));
}

}  // namespace

GatewayChild::GatewayChild(std::filesystem::path data, std::filesystem::path services, bool tls,
                           std::function<void(std::string)> on_received)
    : data_(std::move(data)),
      services_(std::move(services)),
      on_received_(std::move(on_received)),
      port_(free_port()),
      tls_(tls) {}

std::vector<std::string> GatewayChild::command(const std::string& verb) const {
  return {gateway_program(), verb, "--data", data_.string()};
}

base::Result<std::unique_ptr<GatewayChild>> GatewayChild::create(std::filesystem::path data, std::filesystem::path services,
                                                                 bool tls, std::function<void(std::string)> on_received) {
  std::unique_ptr<GatewayChild> child(new GatewayChild(std::move(data), std::move(services), tls, std::move(on_received)));
  if (auto made = child->make_keys(); !made) return made.error();
  return child;
}

base::Status GatewayChild::make_keys() {
  auto asking = command("keys");
  asking.emplace_back("--json");
  const auto text = ChildProcess::output_of(std::move(asking));
  if (!text) return text.error();
  const auto keys = nlohmann::json::parse(*text, nullptr, false);
  if (!keys.is_object()) return base::Error{base::Failure::internal, "linli-gateway keys does not print JSON"};
  office_key_ = keys.value("office_key", "");
  answer_key_ = keys.value("answer_key", "");
  if (!tls_) return {};
  const auto pin = ChildProcess::output_of({gateway_program(), "certificates", "--folder", (data_ / kTls).string()});
  if (!pin) return pin.error();
  pin_ = pin->substr(0, pin->find('\n'));
  return {};
}

void GatewayChild::describe(offline_cache::CourierConfiguration& configuration) const {
  configuration.platform_url = fmt::format("{}://127.0.0.1:{}", tls_ ? "https" : "http", port_);
  configuration.office_key = office_key_;
  configuration.answer_keys = {answer_key_};
  if (!tls_) return;
  const auto folder = data_ / kTls;
  configuration.trust = {folder / "ca.pem", folder / "HP-03.pem", folder / "HP-03.key", pin_, {}};
}

base::Status GatewayChild::switch_on(bool on) {
  if (on == is_on()) return {};
  process_.reset();
  if (!on) return {};
  was_on_ = true;
  auto listening = std::make_shared<std::promise<void>>();
  auto ready = listening->get_future();
  auto arguments = command("serve");
  arguments.insert(arguments.end(), {"--services", services_.string(), "--listen", fmt::format("127.0.0.1:{}", port_)});
  if (tls_) {
    const auto file = [&](const char* name) { return (data_ / kTls / name).string(); };
    arguments.insert(arguments.end(),
                     {"--tls-certificate", file("server.pem"), "--tls-key", file("server.key"), "--client-ca", file("ca.pem")});
  }
  auto started = ChildProcess::start(std::move(arguments), [deliver = on_received_, listening](const std::string& line) {
    const auto event = nlohmann::json::parse(line, nullptr, false);
    if (!event.is_object()) return;
    if (event.value("event", "") == "listening") listening->set_value();
    if (auto text = received_line(event); !text.empty()) deliver(std::move(text));
  });
  if (!started) return started.error();
  process_ = *std::move(started);
  if (ready.wait_for(kStartPatience) != std::future_status::ready) {
    process_.reset();
    return base::Error{base::Failure::net_unreachable, "the reference platform does not start"};
  }
  return {};
}

base::Result<std::string> GatewayChild::record() {
  process_.reset();
  if (!was_on_) return std::string("[]\n");
  auto arguments = command("show");
  arguments.emplace_back("--json");
  return ChildProcess::output_of(std::move(arguments));
}

}  // namespace kiosk
