#include "kiosk/translations.h"

#include <fmt/format.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <locale>
#include <map>

#include "base/files.h"
#include "base/log.h"
#include "kiosk/mo_file.h"

namespace kiosk {
namespace {

namespace gettext = boost::locale::gnu_gettext;
namespace fs = std::filesystem;
using Messages = boost::locale::message_format<char>;

constexpr std::string_view kEnglish = "en";

base::Error broken_file(const fs::path& file, std::string_view reason) {
  return {base::Failure::text_catalogue_broken, fmt::format("{}: {}", file.filename().string(), reason)};
}

// The messages as a facet of a locale that nothing else uses: it owns the facet. The classic locale is the only one
// that is installed everywhere.
base::Result<std::locale> read_catalogue(const fs::path& file) {
  const auto bytes = base::read_file(file, kLargestCatalogue);
  if (!bytes) return broken_file(file, bytes.error().detail);
  if (const auto status = check_mo_file(*bytes); !status) return broken_file(file, status.error().detail);
  gettext::messages_info info;
  info.language = file.stem().string();
  info.encoding = "UTF-8";
  info.paths.emplace_back(".");
  info.domains.emplace_back("linli");
  info.callback = [&bytes](const std::string&, const std::string&) { return std::vector<char>(bytes->begin(), bytes->end()); };
  try {
    return std::locale(std::locale::classic(), gettext::create_messages_facet<char>(info));
  } catch (const std::exception& error) { return broken_file(file, error.what()); }
}

// Numbers and names stand in an isolate of their own where the language runs from right to left: without one, "A012 … 13"
// shows its numbers on the wrong sides of the words.
std::string with_isolates(std::string text) {
  constexpr std::string_view kFirstStrongIsolate = "\u2068";
  constexpr std::string_view kPopIsolate = "\u2069";
  for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open)) {
    const std::size_t close = text.find('}', open);
    if (close == text.npos) break;
    text.insert(close + 1, kPopIsolate);
    text.insert(open, kFirstStrongIsolate);
    open = close + kFirstStrongIsolate.size() + kPopIsolate.size();
  }
  return text;
}

std::string isolated(std::string text, std::string_view language) {
  return uloc_isRightToLeft(std::string(language).c_str()) != 0 ? with_isolates(std::move(text)) : text;
}

std::string with_number(std::string text, int n) {
  constexpr std::string_view kPlace = "{n}";
  const auto number = fmt::format("{}", n);
  for (auto at = text.find(kPlace); at != text.npos; at = text.find(kPlace, at + number.size()))
    text.replace(at, kPlace.size(), number);
  return text;
}

}  // namespace

struct Translations::Catalogues {
  std::map<Language, std::locale, std::less<>> by_language;
  std::vector<base::Error> broken;

  // The words of one language, without those it would take from another. Null: it has none.
  const char* own(std::string_view language, const char* context, const std::string& msgid, std::optional<int> n = {}) const {
    const auto found = by_language.find(language);
    if (found == by_language.end() || msgid.empty()) return nullptr;
    const auto& messages = std::use_facet<Messages>(found->second);
    const char* words = n ? messages.get(0, context, msgid.c_str(), *n) : messages.get(0, context, msgid.c_str());
    return words == nullptr || *words == 0 ? nullptr : words;
  }
  const char* find(std::string_view language, const std::string& msgid, std::optional<int> n = {}) const {
    if (const char* words = own(language, nullptr, msgid, n)) return words;
    const auto dash = language.find('-');
    return dash == language.npos ? nullptr : own(language.substr(0, dash), nullptr, msgid, n);
  }
};

Translations::Translations(const fs::path& folder) : catalogues_(std::make_unique<Catalogues>()) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const auto& file = entry->path();
    if (file.extension() != ".mo" || file.stem() == kEnglish) continue;
    if (auto read = read_catalogue(file))
      catalogues_->by_language.emplace(file.stem().string(), *std::move(read));
    else
      catalogues_->broken.push_back(read.error());
  }
  if (error)
    catalogues_->broken.push_back(
        {base::Failure::text_catalogue_broken, fmt::format("{}: {}", folder.string(), error.message())});
  for (const auto& each : catalogues_->broken) base::log::failure(each);
}

Translations::~Translations() = default;
Translations::Translations(Translations&&) noexcept = default;

std::string Translations::text(std::string_view msgid, std::string_view language) const {
  std::string english(msgid);
  const char* found = catalogues_->find(language, english);
  return found == nullptr ? english : isolated(found, language);
}

std::string Translations::plural(std::string_view one, std::string_view many, int n, std::string_view language) const {
  const char* found = catalogues_->find(language, std::string(one), n);
  return with_number(found == nullptr ? std::string(n == 1 ? one : many) : isolated(found, language), n);
}

std::optional<std::string> Translations::of_service(std::string_view id, std::string_view english,
                                                    std::string_view language) const {
  const std::string msgid(english);
  const char* found = catalogues_->own(language, fmt::format("service:{}", id).c_str(), msgid);
  if (found == nullptr) found = catalogues_->own(language, "service", msgid);
  if (found == nullptr) return std::nullopt;
  return isolated(found, language);
}

std::vector<Language> Translations::languages() const {
  std::vector<Language> all;
  for (const auto& [language, locale] : catalogues_->by_language) all.push_back(language);
  all.emplace_back(kEnglish);
  const auto rank = [](const Language& language) { return language == "zh" ? 0 : language == kEnglish ? 1 : 2; };
  std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return std::pair(rank(a), a) < std::pair(rank(b), b); });
  return all;
}

const std::vector<base::Error>& Translations::broken() const { return catalogues_->broken; }

}  // namespace kiosk
