#include "kiosk/pattern_cost.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace kiosk {
namespace {

constexpr int kDeepestGroup = 8;
constexpr double kTextLength = static_cast<double>(kLongestMatchedText);

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Walks the pattern and multiplies the ways each part can match: an upper bound of what backtracking tries.
class PatternReader {
 public:
  explicit PatternReader(std::string_view pattern) : rest_(pattern) {}

  double ways() {
    const bool starts_fixed = rest_.starts_with('^');
    const double first = sequence(0);
    const bool anchored = starts_fixed && !rest_.starts_with('|');
    const double whole = take('|') ? first + alternatives(0) : first;
    if (!rest_.empty()) complain("a group is closed that was not opened");
    return anchored ? whole : whole * kTextLength;  // without ^ every position is a start
  }
  const std::optional<std::string>& complaint() const { return complaint_; }

 private:
  void complain(std::string reason) {
    if (!complaint_) complaint_ = std::move(reason);
    rest_ = {};
  }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  double alternatives(int depth) {
    double sum = sequence(depth);
    while (take('|')) sum += sequence(depth);
    return sum;
  }
  double sequence(int depth) {
    double product = 1;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') product *= repeated(depth);
    return product;
  }
  double repeated(int depth) {
    const double once = atom(depth);
    if (take('?')) return lazy(once + 1);
    if (take('*') || take('+')) return lazy(unbounded(once));
    if (take('{')) return lazy(counted(once));
    return once;
  }
  double lazy(double ways) {
    if (!rest_.empty() && (rest_.front() == '*' || rest_.front() == '+' || rest_.front() == '{'))
      complain("a repetition of a repetition");
    take('?');
    return ways;
  }
  double unbounded(double once) {
    if (once > 1) complain("an endless repetition of a part that can match in several ways");
    return kTextLength;
  }
  double counted(double once) {
    const auto least = number();
    if (!least) complain("{ needs a number");
    const bool open = take(',');
    const auto most = open ? number() : least;
    if (!take('}')) complain("{ is not closed");
    if (complaint_) return once;
    if (!most) return unbounded(once);
    if (*most < *least) complain("{n,m} with m below n");
    return std::pow(once, *most) * (*most - *least + 1);
  }
  std::optional<int> number() {
    std::optional<int> value;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
      value = value.value_or(0) * 10 + (rest_.front() - '0');
      if (*value > static_cast<int>(kLongestMatchedText)) complain("a repetition of more than the longest text");
    }
    return value;
  }

  double atom(int depth) {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '(') return group(depth);
    if (c == '[') set();
    if (c == '\\') escape();
    if (c == '*' || c == '+' || c == '?' || c == '{' || c == '}' || c == ']') complain("a sign that needs a \\ before it");
    return 1;
  }
  double group(int depth) {
    if (depth == kDeepestGroup) complain("groups too deep");
    if (take('?') && !take(':')) complain("looking ahead is not allowed");
    const double ways = complaint_ ? 1 : alternatives(depth + 1);
    if (!complaint_ && !take(')')) complain("a group is not closed");
    return ways;
  }
  void set() {
    take('^');
    bool first = true;
    for (; !rest_.empty() && (first || rest_.front() != ']'); first = false) {
      if (rest_.starts_with("[:") || rest_.starts_with("[.") || rest_.starts_with("[=")) complain("named sets are not allowed");
      if (take('\\'))
        escape();
      else if (!rest_.empty())
        rest_.remove_prefix(1);
    }
    if (!complaint_ && !take(']')) complain("a set is not closed");
  }
  void escape() {
    constexpr std::string_view kMayFollow = R"(dDwWsS.^$|()[]{}*+?\/-)";
    if (rest_.empty() || kMayFollow.find(rest_.front()) == kMayFollow.npos)
      complain("after \\ only d D w W s S or a sign is allowed");
    else
      rest_.remove_prefix(1);
  }

  std::string_view rest_;
  std::optional<std::string> complaint_;
};

}  // namespace

base::Status check_pattern(std::string_view pattern) {
  using base::Failure;
  if (pattern.size() > kLongestPattern)
    return {Failure::service_broken, fmt::format("the pattern is longer than {} bytes", kLongestPattern)};
  for (const char c : pattern)
    if (c < ' ' || c > '~') return {Failure::service_broken, "a pattern may hold printable ASCII only"};
  PatternReader reader(pattern);
  const double ways = reader.ways();
  if (reader.complaint()) return {Failure::service_broken, fmt::format("the pattern has {}", *reader.complaint())};
  if (!(ways <= kMostPatternSteps)) return {Failure::service_broken, "the pattern can match in too many ways; make it simpler"};
  return {};
}

}  // namespace kiosk
