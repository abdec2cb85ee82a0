#include "kiosk/app/linli_devices/bench.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "kiosk/app/linli_devices/model_catalogue.h"

namespace linli_devices {
namespace {

constexpr const char* kLoopback = "127.0.0.1";

base::Error wrong(std::string why) { return {base::Failure::config_invalid, std::move(why)}; }

std::optional<std::uint16_t> port_in(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

// Cuts `text` at the last or first `mark` and gives what was behind it.
std::string cut(std::string& text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string::npos) return {};
  std::string rest = text.substr(at + 1);
  text.resize(at);
  return rest;
}

base::Result<std::unique_ptr<hal::OfferedModel>> on_tcp(std::shared_ptr<hal::DeviceModel> model, const std::string& where) {
  const auto colon = where.rfind(':');
  const std::string host = colon == std::string::npos ? kLoopback : where.substr(0, colon);
  const auto port = port_in(colon == std::string::npos ? where : where.substr(colon + 1));
  if (!port) return wrong(fmt::format("\"tcp:{}\": expected tcp:9100 or tcp:0.0.0.0:9100", where));
  return hal::offer_on_tcp(std::move(model), host, *port);
}

}  // namespace

base::Result<std::string> Bench::offer(const std::string& text) {
  std::string name = text;
  std::string kind = cut(name, '=');
  const std::string where = cut(kind, ':');
  auto model = make_model(name);
  if (!model) return model.error();
  Place place{free_name(name), *model, {}};
  if (kind == "vpcd") {
    const auto card = std::dynamic_pointer_cast<hal::SmartCardModel>(*model);
    const auto port = where.empty() ? hal::kVpcdPort : port_in(where);
    if (!card || !port) return wrong(fmt::format("\"{}\": vpcd or vpcd:35963 is for the model pcsc", text));
    place.offer = std::make_unique<hal::VpcdLink>(card, *port);
    places_.push_back(std::move(place));
    return fmt::format("{} at vpcd:{}", places_.back().name, *port);
  }
  if (kind != "pty" && kind != "tcp")
    return wrong(fmt::format("\"{}\": expected MODEL=pty, =pty:LINK, =tcp:PORT or =vpcd", text));
  auto offered = kind == "tcp" ? on_tcp(*model, where) : hal::offer_on_terminal(*model, where);
  if (!offered) return offered.error();
  std::string line = fmt::format("{} at {}", place.name, (*offered)->where());
  place.offer = *std::move(offered);
  places_.push_back(std::move(place));
  return line;
}

std::string Bench::free_name(const std::string& model) const {
  if (find(model) == nullptr) return model;
  for (int i = 2;; ++i)
    if (auto name = fmt::format("{}-{}", model, i); find(name) == nullptr) return name;
}

const Bench::Place* Bench::find(std::string_view name) const {
  const auto found = std::ranges::find(places_, name, &Place::name);
  return found == places_.end() ? nullptr : &*found;
}

base::Status Bench::say(std::string_view line) {
  const auto begin = line.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  line.remove_prefix(begin);
  const auto end = std::min(line.find_first_of(" \t\r\n"), line.size());
  if (const Place* place = find(line.substr(0, end))) return place->model->control(line.substr(end));
  if (places_.size() == 1) return places_.front().model->control(line);
  std::vector<std::string> names;
  for (const auto& place : places_) names.push_back(place.name);
  return wrong(fmt::format("\"{}\": begin with the name of a model: {}", line, fmt::join(names, ", ")));
}

}  // namespace linli_devices
