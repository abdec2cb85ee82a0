#include "kiosk/entry.h"

#include <algorithm>
#include <charconv>

#include "hal/citizen_number.h"
#include "kiosk/day_range.h"
#include "kiosk/plain_json.h"

namespace kiosk {
namespace {

constexpr int kIdDigits = 18;
constexpr int kMostHouseDigits = 4;

bool is_digit_key(char c) { return c >= '0' && c <= '9'; }

EntryProblem phone_problem(std::string_view typed) {
  if (typed.starts_with('0')) return typed.size() > 1 && typed[1] == '0' ? EntryProblem::phone_start : EntryProblem::none;
  if (!typed.empty() && typed[0] != '1') return EntryProblem::phone_start;
  return typed.size() > 1 && typed[1] < '3' ? EntryProblem::phone_start : EntryProblem::none;
}

EntryProblem id_problem(std::string_view typed) {
  if (typed.size() >= 14 && !typed_day(typed.substr(6, 8))) return EntryProblem::id_date;
  if (typed.size() == kIdDigits && !hal::citizen_number_is_right(typed)) return EntryProblem::id_check;
  return EntryProblem::none;
}

int amount_of(std::string_view typed) {
  int value = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), value);
  return value;
}

EntryProblem amount_problem(const AmountRange& range, std::string_view typed) {
  if (typed.empty()) return EntryProblem::none;
  const int amount = amount_of(typed);
  if (amount > range.most) return EntryProblem::amount_high;
  return amount < range.least ? EntryProblem::amount_low : EntryProblem::none;
}

EntryProblem day_problem(const DayRange& range, std::string_view typed, std::chrono::year_month_day today) {
  if (typed.size() < 8) return EntryProblem::none;
  const auto day = typed_day(typed);
  if (!day) return EntryProblem::no_such_day;
  const auto date = std::chrono::sys_days(*day);
  if (date < day_of(range.first, today)) return EntryProblem::day_too_early;
  if (date > day_of(range.last, today)) return EntryProblem::day_too_late;
  return is_closed(range, date) ? EntryProblem::day_closed : EntryProblem::none;
}

EntryProblem problem_of_kind(const Question& question, const Session& session) {
  const auto typed = session.digits.reveal();
  if (question.kind == InputKind::phone) return phone_problem(typed);
  if (question.kind == InputKind::id_number) return id_problem(typed);
  if (question.kind == InputKind::amount) return amount_problem(question.amount, typed);
  if (question.kind == InputKind::date) return day_problem(question.days, typed, session.today);
  return EntryProblem::none;
}

nlohmann::json value_of(const Question& question, std::string_view typed) {
  if (question.kind == InputKind::amount) return amount_of(typed);
  if (question.kind == InputKind::date) return day_text(*typed_day(typed));
  return json_text(typed);
}

}  // namespace

// A landline with its area code has 10 to 12 digits, a mobile number 11 (GB/T 15120 numbering: 1 and 3 to 9).
DigitLayout phone_layout(std::string_view typed) {
  if (typed.starts_with('0')) return {10, 12, {4, 4, 4}};
  return {11, 11, {3, 4, 4}};
}

bool uses_keys(const Question& question, const Session& session) {
  if (question.kind == InputKind::date) return !is_listed(question.days, session.today);
  if (question.kind == InputKind::address) return session.part && *session.part != AddressPart::area;
  return is_any_of(question.kind, InputKind::digits, InputKind::amount, InputKind::phone, InputKind::id_number);
}

DigitLayout key_layout(const Question& question, const Session& session) {
  if (question.kind == InputKind::phone) return phone_layout(session.digits.reveal());
  if (question.kind == InputKind::id_number) return {kIdDigits, kIdDigits, {6, 8, 4}};
  if (question.kind == InputKind::date) return {8, 8, {4, 2, 2}};
  if (question.kind == InputKind::amount) return {1, static_cast<int>(std::to_string(question.amount.most).size()), {}};
  if (question.kind == InputKind::address) return {0, kMostHouseDigits, {}};
  return question.digits;
}

bool takes_key(const Question& question, const Session& session, char key) {
  if (!uses_keys(question, session)) return false;
  const auto typed = session.digits.size();
  if (static_cast<int>(typed) >= key_layout(question, session).most) return false;
  if (key == 'X') return question.kind == InputKind::id_number && typed == kIdDigits - 1;
  if (question.kind == InputKind::amount && typed == 0 && key == '0') return question.amount.least == 0;
  return is_digit_key(key);
}

int keys_missing(const Question& question, const Session& session) {
  if (!uses_keys(question, session)) return 0;
  return std::max(0, key_layout(question, session).fewest - static_cast<int>(session.digits.size()));
}

EntryProblem entry_problem(const Question& question, const Session& session) {
  if (session.problem != EntryProblem::none) return session.problem;
  if (!uses_keys(question, session) || question.kind == InputKind::address) return EntryProblem::none;
  if (const auto problem = problem_of_kind(question, session); problem != EntryProblem::none) return problem;
  if (session.digits.empty() || keys_missing(question, session) > 0) return EntryProblem::none;
  const PlainJson value(value_of(question, session.digits.reveal()));
  return question.schema.accepts(value.value) ? EntryProblem::none : EntryProblem::not_accepted;
}

nlohmann::json typed_answer(const Question& question, const Session& session) {
  if (session.digits.empty() || keys_missing(question, session) > 0) return nullptr;
  if (entry_problem(question, session) != EntryProblem::none) return nullptr;
  return value_of(question, session.digits.reveal());
}

base::Secret digits_of(const Question& question, const nlohmann::json& answer) {
  base::Secret digits;
  if (answer.is_number_integer()) return base::Secret(std::to_string(answer.get<int>()));
  if (!answer.is_string()) return digits;
  for (const char c : answer.get_ref<const std::string&>())
    if (is_digit_key(c) || (c == 'X' && question.kind == InputKind::id_number)) digits.append({&c, 1});
  return digits;
}

std::string chinese_number(int amount) {
  static constexpr const char* kDigits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  static constexpr const char* kPlaces[] = {"", "十", "百", "千", "万", "十", "百", "千"};
  if (amount == 0) return kDigits[0];
  const auto digits = std::to_string(amount);
  std::string words;
  bool zero = false;   // one is owed before the next digit
  bool group = false;  // something stands before 万
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto place = digits.size() - 1 - i;
    const auto digit = static_cast<std::size_t>(digits[i] - '0');
    if (digit != 0) {
      if (zero) words += kDigits[0];
      const bool plain_ten = digit == 1 && place % 4 == 1 && words.empty();
      if (!plain_ten) words += kDigits[digit];
      words += place == 4 ? "" : kPlaces[place];
      group = true;
    }
    zero = digit == 0 && !words.empty();
    if (place == 4 && group) {
      words += kPlaces[4];
      zero = false;
    }
  }
  return words;
}

}  // namespace kiosk
