#include "hal/printer/printer_profile.h"

#include <algorithm>

#include "base/files.h"
#include "hal/printer/presenter_reader.h"
#include "hal/printer/profile_object.h"

namespace hal {
namespace {

constexpr std::size_t kLongestProfile = 64 * 1024;  // bytes
constexpr std::size_t kLongestCutCommand = 16;      // bytes
constexpr std::size_t kMostOtherSpeeds = 4;         // all are asked within a second

Support support(ProfileObject& object, const char* key) {
  return object.choice<Support>(key, {{"unknown", Support::unknown}, {"no", Support::no}, {"yes", Support::yes}});
}

void read_bit(ProfileObject& status, const char* key, StatusBit& bit, std::string& problem) {
  if (!status.has(key)) return;
  ProfileObject object(status.member(key), status.pointer_to(key), problem);
  bit.query = static_cast<std::uint8_t>(object.integer("query", 1, 4));
  bit.mask = object.byte("mask");
}

void read_status(const nlohmann::json& json, StatusBits& bits, std::string& problem) {
  ProfileObject status(json, "/status", problem);
  read_bit(status, "offline", bits.offline, problem);
  read_bit(status, "cover_open", bits.cover_open, problem);
  read_bit(status, "paper_end", bits.paper_end, problem);
  read_bit(status, "paper_near_end", bits.paper_near_end, problem);
  read_bit(status, "cutter_error", bits.cutter_error, problem);
  read_bit(status, "unrecoverable", bits.unrecoverable, problem);
  read_bit(status, "overheated", bits.overheated, problem);
  if (status.has("reply_mask")) bits.reply_mask = status.byte("reply_mask");
  if (status.has("reply_value")) bits.reply_value = status.byte("reply_value");
  if ((bits.reply_value & ~bits.reply_mask) != 0) status.complain("reply_value", "has bits outside reply_mask");
}

std::vector<int> read_speeds(ProfileObject& line, const char* key) {
  std::vector<int> speeds;
  const auto& json = line.member(key);
  bool good = json.is_array() && !json.empty() && json.size() <= kMostOtherSpeeds;
  for (std::size_t i = 0; good && i < json.size(); ++i) {
    const auto speed = json[i].is_number_integer() ? json[i].get<std::int64_t>() : 0;
    good = speed <= 230'400 && is_serial_speed(static_cast<int>(speed)) && std::ranges::find(speeds, speed) == speeds.end();
    speeds.push_back(static_cast<int>(speed));
  }
  if (!good) line.complain(key, "is not one to four different speeds of a serial line");
  return speeds;
}

SerialLine read_serial(const nlohmann::json& json, std::string& problem) {
  ProfileObject object(json, "/serial", problem);
  SerialLine line;
  line.baud = object.integer("baud", 1200, 230'400);
  if (!is_serial_speed(line.baud)) object.complain("baud", "is no speed of a serial line");
  if (object.has("other_speeds")) line.other_speeds = read_speeds(object, "other_speeds");
  if (object.has("parity"))
    line.parity = object.choice<Parity>("parity", {{"none", Parity::none}, {"odd", Parity::odd}, {"even", Parity::even}});
  if (object.has("flow"))
    line.flow = object.choice<FlowControl>(
        "flow", {{"none", FlowControl::none}, {"rtscts", FlowControl::rtscts}, {"xonxoff", FlowControl::xonxoff}});
  return line;
}

PrinterProfile read_profile(const nlohmann::json& json, std::string& problem) {
  PrinterProfile profile;
  ProfileObject object(json, "", problem);
  profile.name = object.text("name", 64);
  profile.dots_per_line = object.integer("dots_per_line", 192, 2048);
  if (profile.dots_per_line % 8 != 0) object.complain("dots_per_line", "is not a multiple of 8");
  profile.dots_per_mm = object.number("dots_per_mm", 5, 24);
  if (object.has("strip_rows")) profile.strip_rows = object.integer("strip_rows", 8, 2303);
  profile.cutter = object.choice<Cutter>(
      "cutter", {{"unknown", Cutter::unknown}, {"none", Cutter::none}, {"partial", Cutter::partial}, {"full", Cutter::full}});
  if (object.has("cut_command")) profile.cut_command = object.bytes("cut_command", 1, kLongestCutCommand);
  if (object.has("feed_before_cut_dots")) profile.feed_before_cut_dots = object.integer("feed_before_cut_dots", 0, 1000);
  profile.process_id = support(object, "process_id");
  profile.automatic_status = support(object, "automatic_status");
  profile.clear_buffers = support(object, "clear_buffers");
  if (object.has("answers_on_usb")) profile.answers_on_usb = support(object, "answers_on_usb");
  if (object.has("settle_ms")) profile.settle = std::chrono::milliseconds(object.integer("settle_ms", 0, 10'000));
  if (object.has("fence_every_kib"))
    profile.fence_every_bytes = static_cast<std::size_t>(object.integer("fence_every_kib", 0, 1024)) * 1024;
  if (object.has("status")) read_status(object.member("status"), profile.status, problem);
  if (object.has("identity")) profile.identity = support(object, "identity");
  if (object.has("serial")) profile.serial = read_serial(object.member("serial"), problem);
  if (object.has("presenter")) profile.presenter = read_presenter(object.member("presenter"), "/presenter", problem);
  return profile;
}

}  // namespace

base::Result<PrinterProfile> parse_printer_profile(std::string_view json) {
  const auto document = nlohmann::json::parse(json, nullptr, false);
  if (document.is_discarded()) return {base::Failure::print_profile_broken, "/: is not JSON"};
  std::string problem;
  PrinterProfile profile = read_profile(document, problem);
  if (!problem.empty()) return {base::Failure::print_profile_broken, problem};
  return profile;
}

base::Result<PrinterProfile> load_printer_profile(const std::filesystem::path& file) {
  const auto json = base::read_file(file, kLongestProfile);
  if (!json) return {base::Failure::print_profile_broken, file.string() + ": cannot be read"};
  auto profile = parse_printer_profile(*json);
  if (!profile) return {base::Failure::print_profile_broken, file.string() + " " + profile.error().detail};
  return profile;
}

PortAddress with_serial_line(PortAddress address, const PrinterProfile& profile) {
  if (address.kind != PortKind::serial || address.baud != 0) return address;
  address.baud = profile.serial.baud;
  address.parity = profile.serial.parity;
  address.flow = profile.serial.flow;
  return address;
}

}  // namespace hal
