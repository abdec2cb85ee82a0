#include "hal/printer/profile_object.h"

#include <cmath>

#include "base/hex.h"

namespace hal {
namespace {

const nlohmann::json kNothing;

std::string shown(double number) {
  const auto whole = static_cast<long>(number);
  return static_cast<double>(whole) == number ? std::to_string(whole) : std::to_string(number);
}

}  // namespace

ProfileObject::ProfileObject(const nlohmann::json& object, std::string pointer, std::string& problem)
    : object_(object), pointer_(std::move(pointer)), problem_(problem) {
  if (!object.is_object() && problem_.empty()) problem_ = pointer_ + ": is not an object";
}

ProfileObject::~ProfileObject() {
  if (!object_.is_object()) return;
  for (const auto& [key, value] : object_.items())
    if (!known_.contains(key)) complain(key.c_str(), "is not a key of a printer profile");
}

void ProfileObject::complain(const char* key, const std::string& reason) {
  if (problem_.empty()) problem_ = pointer_to(key) + ": " + reason;
}

bool ProfileObject::has(const char* key) const { return object_.is_object() && object_.contains(key); }

const nlohmann::json& ProfileObject::member(const char* key) {
  known_.insert(key);
  if (has(key)) return object_[key];
  complain(key, "is missing");
  return kNothing;
}

std::string ProfileObject::text(const char* key, std::size_t longest) {
  const auto& value = member(key);
  if (value.is_string() && !value.get_ref<const std::string&>().empty() && value.get_ref<const std::string&>().size() <= longest)
    return value.get<std::string>();
  complain(key, "is not a text of 1 to " + std::to_string(longest) + " bytes");
  return {};
}

double ProfileObject::number(const char* key, double least, double most) {
  const auto& value = member(key);
  if (value.is_number() && value.get<double>() >= least && value.get<double>() <= most) return value.get<double>();
  complain(key, "is not a number from " + shown(least) + " to " + shown(most));
  return least;
}

int ProfileObject::integer(const char* key, int least, int most) {
  const double value = number(key, least, most);
  if (value != std::floor(value)) complain(key, "is not a whole number");
  return static_cast<int>(value);
}

std::vector<std::uint8_t> ProfileObject::bytes(const char* key, std::size_t least, std::size_t most) {
  const auto& value = member(key);
  auto bytes = value.is_string() ? base::from_hex(value.get_ref<const std::string&>()) : std::nullopt;
  if (bytes && bytes->size() >= least && bytes->size() <= most) return *std::move(bytes);
  complain(key, "is not " + std::to_string(least) + " to " + std::to_string(most) + " bytes in hex digits");
  return {};
}

std::uint8_t ProfileObject::byte(const char* key) {
  const auto& value = member(key);
  const auto bytes = value.is_string() ? base::from_hex(value.get_ref<const std::string&>()) : std::nullopt;
  if (bytes && bytes->size() == 1) return bytes->front();
  complain(key, "is not a byte in two hex digits");
  return 0;
}

}  // namespace hal
