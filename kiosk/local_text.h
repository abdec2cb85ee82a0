// A text in every language a service definition gives, e.g. {"zh": "高龄津贴", "en": "Senior allowance"}.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace kiosk {

using Language = std::string;  // "zh", "en", …: the name of a .po file and the key in service definitions

class LocalText {
 public:
  LocalText() = default;
  explicit LocalText(std::map<Language, std::string> texts) : texts_(std::move(texts)) {}

  // The text in `language`, else in what it is a form of ("zh" for "zh-Hant"), else in English, else in any; empty when there
  // is none.
  std::string_view in(std::string_view language) const;
  void add(const Language& language, std::string text) { texts_.emplace(language, std::move(text)); }  // unless there is one
  bool empty() const { return texts_.empty(); }
  const std::map<Language, std::string>& all() const { return texts_; }

 private:
  std::map<Language, std::string> texts_;
};

}  // namespace kiosk
