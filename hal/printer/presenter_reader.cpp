#include "hal/printer/presenter_reader.h"

#include "hal/printer/profile_object.h"

namespace hal {
namespace {

constexpr std::size_t kLongestCommand = 16;  // bytes
constexpr int kLongestStatus = 16;           // bytes
constexpr int kLongestWait = 3'600;          // s

void read_bit(ProfileObject& status, const char* key, int length, StatusByteBit& bit, std::string& problem) {
  if (!status.has(key)) return;
  ProfileObject object(status.member(key), status.pointer_to(key), problem);
  bit.byte = static_cast<std::uint8_t>(object.integer("byte", 1, length));
  bit.mask = object.byte("mask");
}

FullStatus read_full_status(const nlohmann::json& json, const std::string& pointer, std::string& problem) {
  FullStatus status;
  ProfileObject object(json, pointer, problem);
  status.query = object.bytes("query", 1, kLongestCommand);
  status.header = object.bytes("header", 2, 2);
  const int length = object.integer("length", 3, kLongestStatus);
  status.length = static_cast<std::uint8_t>(length);
  read_bit(object, "ticket_waiting", length, status.ticket_waiting, problem);
  read_bit(object, "paper_jam", length, status.paper_jam, problem);
  read_bit(object, "paper_end", length, status.paper_end, problem);
  read_bit(object, "paper_near_end", length, status.paper_near_end, problem);
  read_bit(object, "cover_open", length, status.cover_open, problem);
  read_bit(object, "cutter_error", length, status.cutter_error, problem);
  read_bit(object, "unrecoverable", length, status.unrecoverable, problem);
  read_bit(object, "overheated", length, status.overheated, problem);
  return status;
}

AutoRetract read_auto_retract(const nlohmann::json& json, const std::string& pointer, std::string& problem) {
  ProfileObject object(json, pointer, problem);
  AutoRetract retract;
  retract.command = object.bytes("command", 1, kLongestCommand);
  retract.unit = std::chrono::milliseconds(object.integer("unit_ms", 100, 60'000));
  return retract;
}

}  // namespace

Presenter read_presenter(const nlohmann::json& json, const std::string& pointer, std::string& problem) {
  Presenter presenter;
  ProfileObject object(json, pointer, problem);
  if (object.has("present")) presenter.present = object.bytes("present", 1, kLongestCommand);
  if (object.has("retract")) presenter.retract = object.bytes("retract", 1, kLongestCommand);
  if (object.has("eject")) presenter.eject = object.bytes("eject", 1, kLongestCommand);
  if (object.has("auto_retract"))
    presenter.auto_retract = read_auto_retract(object.member("auto_retract"), object.pointer_to("auto_retract"), problem);
  if (object.has("status")) presenter.status = read_full_status(object.member("status"), object.pointer_to("status"), problem);
  if (object.has("retract_after_s")) {
    presenter.retract_after = std::chrono::seconds(object.integer("retract_after_s", 0, kLongestWait));
    if (presenter.retract_after.count() > 0 && presenter.retract.empty() && !presenter.auto_retract)
      object.complain("retract_after_s", "needs a command to retract");
  }
  if (object.has("taken_within_s"))
    presenter.taken_within = std::chrono::seconds(object.integer("taken_within_s", 0, kLongestWait));
  return presenter;
}

}  // namespace hal
