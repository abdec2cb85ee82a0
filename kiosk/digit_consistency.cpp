#include "kiosk/digit_consistency.h"

#include <fmt/format.h>

#include <numeric>

namespace kiosk {
namespace {

std::string sample(int start, char fill, int count) {
  auto text = fmt::format("{:02}", start).substr(0, static_cast<std::size_t>(count));
  text.append(static_cast<std::size_t>(count) - text.size(), fill);
  return text;
}

bool accepts_after(const JsonSchema& schema, int start, int count) {
  if (count < 1) return false;
  for (char fill = '0'; fill <= '9'; ++fill)
    if (schema.accepts(sample(start, fill, count))) return true;
  return false;
}

// Two leading digits with which `count` digits are accepted.
std::optional<int> accepted_start(const JsonSchema& schema, int count) {
  for (int start = 0; start < 100; ++start)
    if (accepts_after(schema, start, count)) return start;
  return {};
}

}  // namespace

void check_digits(const Question& question, const nlohmann::json::json_pointer& at, Complaint& complaint) {
  const auto& [fewest, most, groups] = question.digits;
  const auto& schema = question.schema;
  if (most < fewest) complaint.add(at / "digits" / "most", "is less than \"fewest\"");
  const int sum = std::accumulate(groups.begin(), groups.end(), 0);
  if (!groups.empty() && sum != most)
    complaint.add(at / "digits" / "groups", fmt::format("add up to {}, not to \"most\", {}", sum, most));

  const auto start_of_longest = accepted_start(schema, most);
  const auto start_of_shortest = fewest == most ? start_of_longest : accepted_start(schema, fewest);
  if (!start_of_longest) complaint.add(at / "schema", fmt::format("accepts no {} digits, but \"most\" says so", most));
  if (!start_of_shortest) complaint.add(at / "schema", fmt::format("accepts no {} digits, but \"fewest\" says so", fewest));
  if (start_of_longest && accepts_after(schema, *start_of_longest, most + 1))
    complaint.add(at / "schema", "accepts more digits than \"most\"");
  if (start_of_shortest && accepts_after(schema, *start_of_shortest, fewest - 1))
    complaint.add(at / "schema", "accepts fewer digits than \"fewest\"");
  auto with_letter = sample(start_of_longest.value_or(0), '0', most);
  with_letter.back() = 'a';
  if (schema.accepts(with_letter) || schema.accepts("a") || schema.accepts(1234) || schema.accepts(true))
    complaint.add(at / "schema", "must accept texts of digits only: give a type and a pattern");
}

}  // namespace kiosk
