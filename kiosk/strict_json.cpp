#include "kiosk/strict_json.h"

#include <fmt/format.h>

#include <algorithm>

namespace kiosk {
namespace {

using nlohmann::json;

const json kNull;
const json kNoObject = json::object();

bool is_language_tag(std::string_view tag) {
  const auto dash = tag.find('-');
  const auto language = tag.substr(0, dash);
  const auto letters = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  };
  return (language.size() == 2 || language.size() == 3) && letters(language) &&
         (dash == tag.npos || (tag.size() > dash + 1 && tag.size() - dash <= 5 && letters(tag.substr(dash + 1))));
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::optional<std::string> wrong_with_text(const json& text, std::size_t longest) {
  if (!text.is_string()) return "needs a text";
  const auto& value = text.get_ref<const std::string&>();
  if (value.find_first_not_of(' ') == value.npos) return "is empty";
  if (has_control(value)) return "holds a line break or another control character";
  if (count_characters(value) > longest) return fmt::format("is longer than {} characters", longest);
  return {};
}

}  // namespace

void Complaint::add(const json::json_pointer& at, std::string_view reason) {
  if (!first_) first_ = at.empty() ? std::string(reason) : fmt::format("{}: {}", at.to_string(), reason);
}

StrictObject::StrictObject(const json& value, json::json_pointer at, Complaint& complaint)
    : value_(&value), at_(std::move(at)), complaint_(&complaint) {
  if (value.is_object()) return;
  refuse("needs an object");
  value_ = &kNoObject;
}

void StrictObject::refuse_below(const std::string& key, const std::string& below, std::string_view reason) {
  complaint_->add(at_ / key / json::json_pointer(below), reason);
}

bool StrictObject::has(const std::string& key) const { return value_->contains(key); }

const json& StrictObject::any(const std::string& key) {
  asked_.insert(key);
  const auto found = value_->find(key);
  if (found != value_->end()) return *found;
  refuse(fmt::format("\"{}\" is missing", key));
  return kNull;
}

std::string StrictObject::string(const std::string& key, std::size_t longest_bytes) {
  const json& value = any(key);
  if (value.is_string() && !value.get_ref<const std::string&>().empty() &&
      value.get_ref<const std::string&>().size() <= longest_bytes && !has_control(value.get_ref<const std::string&>()))
    return value.get<std::string>();
  refuse(key, fmt::format("needs a text of 1 to {} bytes", longest_bytes));
  return {};
}

int StrictObject::integer(const std::string& key, int least, int most) {
  const json& value = any(key);
  if (value.is_number_integer() && value >= least && value <= most) return value.get<int>();
  refuse(key, fmt::format("needs a whole number from {} to {}", least, most));
  return least;
}

int StrictObject::integer(const std::string& key, int least, int most, int otherwise) {
  return has(key) ? integer(key, least, most) : otherwise;
}

bool StrictObject::flag(const std::string& key, bool otherwise) {
  if (!has(key)) return otherwise;
  const json& value = any(key);
  if (value.is_boolean()) return value.get<bool>();
  refuse(key, "needs true or false");
  return otherwise;
}

std::vector<std::string> StrictObject::strings(const std::string& key, std::size_t most) {
  std::vector<std::string> all;
  if (!has(key)) return all;
  const json& list = any(key);
  const bool good = list.is_array() && list.size() <= most &&
                    std::all_of(list.begin(), list.end(), [](const json& item) { return item.is_string(); });
  if (!good) {
    refuse(key, fmt::format("needs a list of at most {} texts", most));
    return all;
  }
  for (const json& item : list) all.push_back(item.get<std::string>());
  return all;
}

LocalText StrictObject::texts(const std::string& key, std::size_t longest_characters) {
  return texts_at(any(key), at_ / key, longest_characters);
}

LocalText StrictObject::texts_at(const json& texts, const json::json_pointer& at, std::size_t longest_characters) {
  if (!texts.is_object()) {
    complaint_->add(at, R"(needs {"zh": "…", "en": "…"})");
    return {};
  }
  std::map<Language, std::string> all;
  for (const char* language : {"zh", "en"})
    if (!texts.contains(language)) complaint_->add(at, fmt::format("the text in \"{}\" is missing", language));
  for (const auto& [language, text] : texts.items()) {
    if (!is_language_tag(language)) complaint_->add(at, fmt::format("\"{}\" is not a language tag", language));
    if (const auto wrong = wrong_with_text(text, longest_characters))
      complaint_->add(at / language, *wrong);
    else
      all.emplace(language, text.get<std::string>());
  }
  return LocalText(std::move(all));
}

std::vector<LocalText> StrictObject::text_list(const std::string& key, std::size_t most, std::size_t longest_characters) {
  std::vector<LocalText> all;
  const json& list = any(key);
  if (!list.is_array() || list.empty() || list.size() > most) {
    refuse(key, fmt::format("needs a list of 1 to {} texts", most));
    return all;
  }
  for (std::size_t i = 0; i < list.size(); ++i) all.push_back(texts_at(list[i], at_ / key / i, longest_characters));
  return all;
}

LocalText StrictObject::optional_texts(const std::string& key, std::size_t longest_characters) {
  return has(key) ? texts(key, longest_characters) : LocalText();
}

StrictObject StrictObject::object(const std::string& key) { return {any(key), at_ / key, *complaint_}; }

std::vector<StrictObject> StrictObject::objects(const std::string& key, std::size_t least, std::size_t most) {
  std::vector<StrictObject> all;
  if (!has(key) && least == 0) return all;
  const json& list = any(key);
  if (!list.is_array() || list.size() < least || list.size() > most) {
    refuse(key, fmt::format("needs a list of {} to {} entries", least, most));
    return all;
  }
  for (std::size_t i = 0; i < list.size(); ++i) all.emplace_back(list[i], at_ / key / i, *complaint_);
  return all;
}

void StrictObject::finish() {
  for (const auto& [key, value] : value_->items())
    if (!asked_.contains(key)) refuse(key, "this name is not known here");
}

}  // namespace kiosk
