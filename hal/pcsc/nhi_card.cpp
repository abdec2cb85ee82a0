#include "hal/pcsc/nhi_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "hal/pcsc/card_text.h"

namespace hal {
namespace {

constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kBasicData = 0x11;  // P1; with two bytes of nothing behind it
constexpr base::Failure kNhiBad = base::Failure::card_data_bad;

constexpr std::size_t kNumberCharacters = 10;
constexpr std::size_t kDayCharacters = 7;
constexpr int kYearsBeforeRepublic = 1911;

// Of each letter, in the alphabet's order: I and O came last, W late.
constexpr std::array<unsigned, 26> kLetterValues{10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21,
                                                 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33};

bool is_number_of_nhi(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == kNumberCharacters && is_letter(text[0]) && (is_letter(text[1]) || is_digit(text[1])) &&
         std::ranges::all_of(text.substr(2), is_digit);
}

unsigned letter_value(char letter) { return kLetterValues.at(static_cast<std::size_t>(letter - 'A')); }

// "0010230" → "19120230". The years before the first are not written this way.
std::optional<std::string> day_of_republic(std::string_view text) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.size() != kDayCharacters || !digits || text.starts_with("000")) return std::nullopt;
  int year = kYearsBeforeRepublic;
  for (int factor = 100; const char digit : text.substr(0, 3)) {
    year += factor * (digit - '0');
    factor /= 10;
  }
  return fmt::format("{:04}{}", year, text.substr(3));
}

Sex sex_of_nhi(std::uint8_t letter) { return letter == 'M' ? Sex::male : letter == 'F' ? Sex::female : Sex::unknown; }

// 1 and 8 are men's, 2 and 9 women's; before 2021 foreigners had A or C, B or D.
bool sex_fits_nhi_number(Sex sex, char second) {
  const bool mens = std::string_view("18AC").find(second) != std::string_view::npos;
  const bool womens = std::string_view("29BD").find(second) != std::string_view::npos;
  return (!mens || sex == Sex::male) && (!womens || sex == Sex::female);
}

}  // namespace

bool nhi_number_is_right(std::string_view number) {
  if (!is_number_of_nhi(number)) return false;
  const unsigned area = letter_value(number[0]);
  unsigned sum = area / 10 + area % 10 * 9;
  for (unsigned i = 1; i < kNumberCharacters; ++i) {
    const char c = number[i];
    const unsigned value = c >= 'A' ? letter_value(c) % 10 : static_cast<unsigned>(c - '0');
    sum += value * std::max(1U, 9 - i);
  }
  return sum % 10 == 0;
}

base::Result<Person> decode_nhi_person(std::span<const std::uint8_t> data) {
  if (data.size() != kNhiBasicDataBytes) return {kNhiBad, "basic data of another length"};
  const auto text = [&](std::size_t offset, std::size_t bytes) {
    return decode_card_text(data.subspan(offset, bytes), CardCharset::big5).value_or(base::Secret());
  };
  Person person;
  person.document = DocumentKind::electronic_id;
  person.card_number = text(0, 12);
  person.name = text(12, 20);
  person.id_number = text(32, kNumberCharacters);
  const auto birth = day_of_republic(text(42, kDayCharacters).reveal());
  const auto issued = day_of_republic(text(50, kDayCharacters).reveal());
  if (person.name.empty() || !is_number_of_nhi(person.id_number.reveal()) || !birth)
    return {kNhiBad, "name, number or birthday cannot be read"};
  person.birth = base::Secret(*birth);
  person.sex = sex_of_nhi(data[49]);
  person.valid_from = issued.value_or("");
  person.checks.number_check_digit = nhi_number_is_right(person.id_number.reveal());
  person.checks.birth_is_a_date = person.birth_date().has_value();
  person.checks.birth_fits_number = true;  // it does not hold it
  person.checks.sex_fits_number = sex_fits_nhi_number(person.sex, person.id_number.reveal()[1]);
  return person;
}

base::Result<Person> read_nhi_card(CardConversation& card, std::chrono::year_month_day) {
  auto answer = card.ask({0, kGetData, kBasicData, 0, {0, 0}, {}});
  if (!answer || answer->status != kStatusOk) return {kNhiBad, "no basic data"};
  auto person = decode_nhi_person(answer->data);
  base::wipe(answer->data.data(), answer->data.size());
  return person;
}

}  // namespace hal
