#include "kiosk/app/gateway_child.h"

#include <fmt/format.h>

#include <future>
#include <nlohmann/json.hpp>
#include <utility>

namespace kiosk {
namespace {

constexpr std::chrono::seconds kStartPatience{10};

// "2026-000017  senior-allowance", or nothing for lines that are not about an application.
std::string received_line(const nlohmann::json& event) {
  if (event.value("event", "") != "received") return {};
  return fmt::format("{}  {}", event.value("number", "?"), event.value("service", "?"));
}

}  // namespace

GatewayChild::GatewayChild(std::filesystem::path data, std::filesystem::path services,
                           std::function<void(std::string)> on_received)
    : data_(std::move(data)), services_(std::move(services)), on_received_(std::move(on_received)), port_(free_port()) {}

std::vector<std::string> GatewayChild::command(const std::string& verb) const {
  return {(program_folder() / "linli-gateway").string(), verb, "--data", data_.string()};
}

base::Result<std::unique_ptr<GatewayChild>> GatewayChild::create(std::filesystem::path data, std::filesystem::path services,
                                                                 std::function<void(std::string)> on_received) {
  std::unique_ptr<GatewayChild> child(new GatewayChild(std::move(data), std::move(services), std::move(on_received)));
  auto key = ChildProcess::output_of(child->command("keys"));
  if (!key) return key.error();
  child->office_key_ = key->substr(0, key->find('\n'));
  return child;
}

std::string GatewayChild::url() const { return fmt::format("http://127.0.0.1:{}", port_); }

base::Status GatewayChild::switch_on(bool on) {
  if (on == is_on()) return {};
  process_.reset();
  if (!on) return {};
  was_on_ = true;
  auto listening = std::make_shared<std::promise<void>>();
  auto ready = listening->get_future();
  auto arguments = command("serve");
  arguments.insert(arguments.end(), {"--services", services_.string(), "--listen", fmt::format("127.0.0.1:{}", port_)});
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
