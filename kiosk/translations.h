// The product's own words. The English sentence is the key (gettext msgid); a language is one .po file in
// assets/translations/, compiled by the build. A form of a language ("zh-Hant") takes what it lacks from the language ("zh");
// what that lacks too is shown in English.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kiosk/local_text.h"

namespace kiosk {

class Translations {
 public:
  // `folder` holds LANGUAGE.mo files. English is always there. A broken file is left out, logged (TEXT-001), and
  // listed by broken().
  explicit Translations(const std::filesystem::path& folder);
  ~Translations();
  Translations(Translations&&) noexcept;

  // Places for values ("{name}") stand in bidi isolates (U+2068, U+2069) where the language runs from right to left.
  std::string text(std::string_view msgid, std::string_view language) const;
  // Plural forms: `one` for n == 1 in English; "{n}" in the result is replaced by the number.
  std::string plural(std::string_view one, std::string_view many, int n, std::string_view language) const;

  // What the service of that id says in English, if `language` itself has it: under the context "service:ID", for words that mean
  // something else in another service, or under "service".
  std::optional<std::string> of_service(std::string_view id, std::string_view english, std::string_view language) const;

  std::vector<Language> languages() const;  // "zh" first, then "en", then the others by name
  const std::vector<base::Error>& broken() const;

 private:
  struct Catalogues;
  std::unique_ptr<Catalogues> catalogues_;
};

}  // namespace kiosk
