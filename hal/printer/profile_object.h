// Reads the members of one JSON object by hand, keeping the first thing that is wrong with it.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hal {

class ProfileObject {
 public:
  // `problem` receives the first complaint: "/status/offline: is not an object".
  ProfileObject(const nlohmann::json& object, std::string pointer, std::string& problem);
  ~ProfileObject();  // complains about members nobody asked for
  ProfileObject(const ProfileObject&) = delete;
  ProfileObject& operator=(const ProfileObject&) = delete;

  bool has(const char* key) const;
  std::string text(const char* key, std::size_t longest);
  double number(const char* key, double least, double most);
  int integer(const char* key, int least, int most);
  std::uint8_t byte(const char* key);                                                     // two hex digits
  std::vector<std::uint8_t> bytes(const char* key, std::size_t least, std::size_t most);  // two hex digits each
  const nlohmann::json& member(const char* key);
  std::string pointer_to(const char* key) const { return pointer_ + "/" + key; }

  template <class Enumeration>
  Enumeration choice(const char* key, std::initializer_list<std::pair<const char*, Enumeration>> choices) {
    const std::string word = text(key, 32);
    std::string allowed;
    for (const auto& [name, value] : choices) {
      if (word == name) return value;
      allowed += (allowed.empty() ? "" : ", ") + std::string(name);
    }
    complain(key, "is none of " + allowed);
    return {};
  }
  void complain(const char* key, const std::string& reason);

 private:
  const nlohmann::json& object_;
  std::string pointer_;
  std::string& problem_;
  std::set<std::string> known_;
};

}  // namespace hal
