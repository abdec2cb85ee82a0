#include "hal/pcsc/belgian_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hal/citizen_number.h"
#include "hal/pcsc/belgian_file.h"
#include "hal/pcsc/card_text.h"

namespace hal {
namespace {

using FileBytes = std::vector<std::uint8_t>;

constexpr base::Failure kBelgianBad = base::Failure::card_data_bad;
constexpr std::uint8_t kSelectByPath = 0x08;
constexpr std::uint16_t kBehindTheEnd = 0x6B00;
constexpr std::uint16_t kEndReached = 0x6282;
constexpr std::size_t kBlockBytes = 248;
constexpr std::size_t kMostFileBytes = 1024;  // both are of some two hundred
constexpr std::uint8_t kIdentityFile = 0x31;  // the last byte of its path
constexpr std::uint8_t kAddressFile = 0x33;

enum class Holder : std::uint8_t {
  card_number = 1,
  valid_from = 3,
  valid_until = 4,
  national_number = 6,
  surname = 7,
  first_names = 8,
  nationality = 10,
  birth = 12,
  sex = 13,
};
enum class Home : std::uint8_t { street = 1, postcode = 2, municipality = 3 };

// A file that breaks off between two fields lacks the last of them.
constexpr std::array kHolderHas{Holder::valid_from, Holder::valid_until, Holder::national_number,
                                Holder::surname,    Holder::birth,       Holder::sex};
constexpr std::array kHomeHas{Home::street, Home::postcode, Home::municipality};

bool has_all(const BelgianFields& fields, const auto& tags) {
  return std::ranges::all_of(tags, [&](auto tag) { return fields.contains(static_cast<std::uint8_t>(tag)); });
}

// In the three languages of the country, as the cards have them.
constexpr std::array<std::array<std::string_view, 3>, 12> kMonths{{{"JAN"},
                                                                   {"FEV", "FEB"},
                                                                   {"MARS", "MAAR", "MÄR"},
                                                                   {"AVR", "APR"},
                                                                   {"MAI", "MEI"},
                                                                   {"JUIN", "JUN"},
                                                                   {"JUIL", "JUL"},
                                                                   {"AOUT", "AUG"},
                                                                   {"SEPT", "SEP"},
                                                                   {"OCT", "OKT"},
                                                                   {"NOV"},
                                                                   {"DEC", "DEZ"}}};

std::optional<unsigned> number_in(std::string_view digits, std::size_t longest) {
  unsigned value = 0;
  if (digits.empty() || digits.size() > longest) return std::nullopt;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const auto begin = text.find_first_not_of(" .");
    if (begin == std::string_view::npos) return words;
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(" ."), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::optional<unsigned> month_called(std::string_view name) {
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (!name.empty() && std::ranges::find(kMonths.at(i), name) != kMonths.at(i).end()) return static_cast<unsigned>(i) + 1;
  }
  return number_in(name, 2);
}

// "30 FEV 1900", "30.MÄR.1900", "31.12.2031" → "19000230" …; of some only the year is known: "1900" → "19000000".
std::optional<std::string> day_on_belgian_card(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() != 1 && words.size() != 3) return std::nullopt;
  const auto year = words.back().size() == 4 ? number_in(words.back(), 4) : std::nullopt;
  if (!year) return std::nullopt;
  if (words.size() == 1) return fmt::format("{:04}0000", *year);
  const auto day = number_in(words[0], 2);
  const auto month = month_called(words[1]);
  return day && month ? std::optional(fmt::format("{:04}{:02}{:02}", *year, *month, *day)) : std::nullopt;
}

// M, and F, V or W by the language.
Sex sex_on_belgian_card(std::string_view letter) {
  if (letter == "M") return Sex::male;
  return letter == "F" || letter == "V" || letter == "W" ? Sex::female : Sex::unknown;
}

// Fields as text. A field that is no text spoils all of it.
class BelgianText {
 public:
  explicit BelgianText(const BelgianFields& fields) : fields_(fields) {}

  base::Secret operator[](auto field) {
    const auto found = fields_.find(static_cast<std::uint8_t>(field));
    if (found == fields_.end()) return {};
    auto text = decode_card_text(found->second, CardCharset::utf8);
    good_ = good_ && text;
    return std::move(text).value_or(base::Secret());
  }
  bool good() const { return good_; }

 private:
  const BelgianFields& fields_;
  bool good_ = true;
};

void append_behind(base::Secret& text, std::string_view between, const base::Secret& more) {
  if (!text.empty() && !more.empty()) text.append(between);
  text.append(more.reveal());
}

bool set_address(Person& person, std::span<const std::uint8_t> file) {
  const auto fields = belgian_fields(file);
  if (!fields || !has_all(*fields, kHomeHas)) return false;
  BelgianText text(*fields);
  person.address = text[Home::street];
  append_behind(person.address, ", ", text[Home::postcode]);
  append_behind(person.address, " ", text[Home::municipality]);
  return text.good();
}

void check_belgian(Person& person, std::chrono::year_month_day today) {
  const std::string_view number = person.id_number.reveal();
  const std::string_view birth = person.birth.reveal();
  person.checks.number_check_digit = belgian_number_is_right(number, birth >= "2000");
  person.checks.birth_is_a_date = person.birth_date().has_value();
  person.checks.birth_fits_number = number.substr(0, 6) == birth.substr(2);
  const bool mens = (number[8] - '0') % 2 == 1;
  person.checks.sex_fits_number = person.sex == Sex::unknown || mens == (person.sex == Sex::male);
  person.checks.validity = validity_on(today, person.valid_from, person.valid_until);
}

bool is_national_number(std::string_view text) {
  return text.size() == 11 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Nothing: it cannot be read. An empty one: the card does not have it.
std::optional<FileBytes> read_belgian_file(CardConversation& card, std::uint8_t file) {
  const auto selected = card.ask({0, 0xA4, kSelectByPath, kSelectWithoutAnswer, {0x3F, 0x00, 0xDF, 0x01, 0x40, file}, {}});
  if (selected && selected->status == kStatusFileNotFound) return FileBytes{};
  if (!selected || selected->status != kStatusOk) return std::nullopt;
  FileBytes bytes;
  bytes.reserve(kMostFileBytes + 256);  // or growing would leave copies behind
  while (bytes.size() < kMostFileBytes) {
    const auto high = static_cast<std::uint8_t>(bytes.size() >> 8U);
    const auto low = static_cast<std::uint8_t>(bytes.size() & 0xFFU);
    auto answer = card.ask({0, 0xB0, high, low, {}, std::uint16_t{kBlockBytes}});
    if (!answer) return std::nullopt;
    if (!bytes.empty() && answer->status == kBehindTheEnd) return bytes;
    if (answer->status != kStatusOk && answer->status != kEndReached) return std::nullopt;
    bytes.insert(bytes.end(), answer->data.begin(), answer->data.end());
    base::wipe(answer->data.data(), answer->data.size());
    if (answer->data.size() < kBlockBytes || answer->status == kEndReached) return bytes;
  }
  return std::nullopt;
}

}  // namespace

bool belgian_number_is_right(std::string_view number, bool born_since_2000) {
  if (!is_national_number(number)) return false;
  const unsigned counted = *number_in(number.substr(0, 9), 9) + (born_since_2000 ? 2'000'000'000U : 0U);
  return 97 - counted % 97 == *number_in(number.substr(9), 2);
}

base::Result<Person> decode_belgian_person(std::span<const std::uint8_t> identity, std::span<const std::uint8_t> address,
                                           std::chrono::year_month_day today) {
  const auto fields = belgian_fields(identity);
  if (!fields || !has_all(*fields, kHolderHas)) return {kBelgianBad, "a field is missing or not whole"};
  BelgianText text(*fields);
  Person person;
  person.document = DocumentKind::electronic_id;
  person.latin_name = text[Holder::surname];
  person.id_number = text[Holder::national_number];
  const auto birth = day_on_belgian_card(text[Holder::birth].reveal());
  if (person.latin_name.empty() || !is_national_number(person.id_number.reveal()) || !birth)
    return {kBelgianBad, "name, number or birthday cannot be read"};
  person.birth = base::Secret(*birth);
  append_behind(person.latin_name, ", ", text[Holder::first_names]);
  person.card_number = text[Holder::card_number];
  person.sex = sex_on_belgian_card(text[Holder::sex].reveal());
  person.nationality = text[Holder::nationality].reveal().starts_with("Belg") ? "BEL" : "";  // others only in words
  person.valid_from = day_on_belgian_card(text[Holder::valid_from].reveal()).value_or("");
  person.valid_until = day_on_belgian_card(text[Holder::valid_until].reveal()).value_or("");
  if (!text.good() || (!address.empty() && !set_address(person, address))) return {kBelgianBad, "a field is no text"};
  check_belgian(person, today);
  return person;
}

base::Result<Person> read_belgian_card(CardConversation& card, std::chrono::year_month_day today) {
  auto identity = read_belgian_file(card, kIdentityFile);
  auto address = identity ? read_belgian_file(card, kAddressFile) : std::nullopt;
  if (!identity || !address) return {kBelgianBad, "a file cannot be read"};
  auto person = decode_belgian_person(*identity, *address, today);
  base::wipe(identity->data(), identity->size());
  base::wipe(address->data(), address->size());
  return person;
}

}  // namespace hal
