#include "hal/transport/port_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace hal {
namespace {

constexpr std::array<std::string_view, 7> kKinds{"usb", "serial", "tcp", "evdev", "pcsc", "video", "simulated"};
constexpr std::array<std::string_view, 3> kParities{"none", "odd", "even"};
constexpr std::array<std::string_view, 3> kFlows{"none", "rtscts", "xonxoff"};
constexpr std::array kBauds{1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400};

template <class Enum, std::size_t N>
std::optional<Enum> value_named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

template <class Enum, std::size_t N>
std::string_view name_in(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

template <class Number>
bool read_number(std::string_view text, Number& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc{} && end == text.data() + text.size();
}

// Cuts `text` at the first `mark` and gives what was behind it.
std::string_view cut(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

template <class Enum, std::size_t N>
bool set_named(Enum& option, const std::array<std::string_view, N>& names, std::string_view name) {
  const auto value = value_named<Enum>(names, name);
  option = value.value_or(option);
  return value.has_value();
}

bool set_option(PortAddress& address, std::string_view option) {
  const auto value = cut(option, '=');
  if (option == "baud") return read_number(value, address.baud) && is_serial_speed(address.baud);
  if (option == "parity") return set_named(address.parity, kParities, value);
  return option == "flow" && set_named(address.flow, kFlows, value);
}

bool set_tcp(PortAddress& address, std::string_view where) {
  if (where.empty()) return false;
  const auto colon = where.rfind(':');
  const bool ends_in_port = colon != std::string_view::npos && where.back() != ']';
  if (ends_in_port) {
    if (!read_number(where.substr(colon + 1), address.tcp_port) || address.tcp_port == 0) return false;
    where = where.substr(0, colon);
  }
  if (where.size() > 2 && where.front() == '[' && where.back() == ']') where = where.substr(1, where.size() - 2);
  address.where = where;
  return !where.empty();
}

std::optional<PortAddress> parse(std::string_view text) {
  PortAddress address;
  auto options = text.starts_with("serial:") ? cut(text, '?') : std::string_view{};
  const auto where = cut(text, ':');
  const auto kind = value_named<PortKind>(kKinds, text);
  if (!kind) return std::nullopt;
  address.kind = *kind;
  address.where = where;
  if (address.kind == PortKind::tcp) return set_tcp(address, where) ? std::optional(address) : std::nullopt;
  const bool is_file = address.kind == PortKind::serial || address.kind == PortKind::video;
  if (is_file && !where.starts_with('/')) return std::nullopt;
  if (address.kind == PortKind::simulated && !where.empty()) return std::nullopt;
  while (!options.empty()) {
    const auto rest = cut(options, '&');
    if (!set_option(address, options)) return std::nullopt;
    options = rest;
  }
  return address;
}

}  // namespace

bool is_serial_speed(int baud) { return std::ranges::find(kBauds, baud) != kBauds.end(); }

base::Result<PortAddress> parse_port_address(std::string_view text) {
  if (auto address = parse(text)) return *std::move(address);
  return base::Error{
      base::Failure::device_port_invalid,
      fmt::format("\"{}\": expected usb, usb:PLACE, serial:/dev/NAME?baud=N&parity=odd&flow=rtscts, tcp:HOST:PORT, "
                  "evdev, pcsc, video:/dev/NAME or simulated",
                  text)};
}

std::string to_string(const PortAddress& address) {
  std::string text(name_in(kKinds, address.kind));
  if (address.kind == PortKind::tcp) {
    const bool ipv6 = address.where.find(':') != std::string::npos;
    return ipv6 ? fmt::format("tcp:[{}]:{}", address.where, address.tcp_port)
                : fmt::format("tcp:{}:{}", address.where, address.tcp_port);
  }
  if (!address.where.empty()) text += ":" + address.where;
  char mark = '?';
  const auto add = [&](std::string_view name, auto value) {
    text += fmt::format("{}{}={}", std::exchange(mark, '&'), name, value);
  };
  if (address.baud != 0) add("baud", address.baud);
  if (address.parity != Parity::none) add("parity", name_in(kParities, address.parity));
  if (address.flow != FlowControl::none) add("flow", name_in(kFlows, address.flow));
  return text;
}

}  // namespace hal
