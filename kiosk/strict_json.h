// Reading hand-written JSON without guessing: a name given twice, an unknown name, a wrong type and a value out of range
// are all refused, with the place.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kiosk/local_text.h"

namespace kiosk {

// service_broken with "line 12, column 5: reason".
base::Result<nlohmann::json> parse_strict_json(std::string_view text);

// The first thing found wrong; later ones usually follow from it.
class Complaint {
 public:
  void add(const nlohmann::json::json_pointer& at, std::string_view reason);
  const std::optional<std::string>& first() const { return first_; }  // "/questions/2/schema: reason"

 private:
  std::optional<std::string> first_;
};

// One object of the file. Getters note what is wrong in the complaint and give a harmless value, so that reading goes
// straight on. finish() refuses the names nobody asked for.
class StrictObject {
 public:
  StrictObject(const nlohmann::json& value, nlohmann::json::json_pointer at, Complaint& complaint);

  bool has(const std::string& key) const;
  const nlohmann::json& any(const std::string& key);  // null when missing, with a complaint
  std::string string(const std::string& key, std::size_t longest_bytes);
  int integer(const std::string& key, int least, int most, int otherwise);
  int integer(const std::string& key, int least, int most);
  bool flag(const std::string& key, bool otherwise);
  std::vector<std::string> strings(const std::string& key, std::size_t most);
  LocalText texts(const std::string& key, std::size_t longest_characters);           // at least zh and en
  LocalText optional_texts(const std::string& key, std::size_t longest_characters);  // the same, or absent
  std::vector<LocalText> text_list(const std::string& key, std::size_t most, std::size_t longest_characters);
  StrictObject object(const std::string& key);
  std::vector<StrictObject> objects(const std::string& key, std::size_t least, std::size_t most);
  void finish();

  const nlohmann::json::json_pointer& at() const { return at_; }
  void refuse(std::string_view reason) { complaint_->add(at_, reason); }
  void refuse(const std::string& key, std::string_view reason) { complaint_->add(at_ / key, reason); }
  // The same, further down: `below` is a JSON pointer inside the key's value, "" for the value itself.
  void refuse_below(const std::string& key, const std::string& below, std::string_view reason);

 private:
  LocalText texts_at(const nlohmann::json& texts, const nlohmann::json::json_pointer& at, std::size_t longest_characters);

  const nlohmann::json* value_;
  nlohmann::json::json_pointer at_;
  Complaint* complaint_;
  std::set<std::string> asked_;
};

}  // namespace kiosk
