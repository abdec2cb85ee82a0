#include "ui/speech/spoken_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"

namespace ui {
namespace {

constexpr std::array<std::string_view, 10> kHanziDigits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::array<std::string_view, 12> kMonths{"January", "February", "March",     "April",   "May",      "June",
                                                   "July",    "August",   "September", "October", "November", "December"};
constexpr std::size_t kNamesSomething = 5;  // digits: a number as long as that is a hotline or an id, unless it is money

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_sign(char c) { return is_digit(c) || is_letter(c) || c == '*'; }
bool counts(char c) { return is_digit(c) || c == '*'; }

// Ends of a run such as "A012", "138 0013 8000", "2026-11-23", "1,200.50", "9:41".
std::size_t run_end(std::string_view text, std::size_t from) {
  std::size_t at = from;
  while (at < text.size()) {
    if (is_sign(text[at])) {
      ++at;
      continue;
    }
    const bool between = at > from && at + 1 < text.size() && is_sign(text[at - 1]) && is_sign(text[at + 1]);
    const bool joins = std::string_view("-:/.,").find(text[at]) != std::string_view::npos;
    const bool digits = between && counts(text[at - 1]) && counts(text[at + 1]);
    const bool time_follows = text.substr(at + 1, 3).find(':') != std::string_view::npos;
    if (!between || !(joins || (text[at] == ' ' && digits && !time_follows))) break;
    ++at;
  }
  return at;
}

// What a run looks like: 9 for a digit, A for a letter, anything else itself.
std::string shape_of(std::string_view run) {
  std::string shape(run);
  for (char& c : shape) c = is_digit(c) ? '9' : is_letter(c) ? 'A' : c;
  return shape;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

class Speech {
 public:
  Speech(std::string_view text, std::string_view language) : text_(text), chinese_(language.starts_with("zh")) {}

  std::string all() {
    while (at_ < text_.size()) {
      if (is_sign(text_[at_])) {
        const std::size_t end = run_end(text_, at_);
        const std::string_view run = text_.substr(at_, end - at_);
        at_ = end;
        say(run);
      } else {
        other();
      }
    }
    return std::move(out_);
  }

 private:
  bool follows(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool money_follows() const {
    for (const std::string_view unit : {"元", " 元", "块", " yuan", "塊"})
      if (follows(unit)) return true;
    return out_.ends_with("¥") || out_.ends_with("￥");
  }

  void say(std::string_view run) {
    const std::string shape = shape_of(run);
    if (shape.find_first_of("9*") == std::string::npos) {
      out_ += run;
    } else if (shape == "9999-99-99" && number(run.substr(5, 2)) >= 1 && number(run.substr(5, 2)) <= 12) {
      date(run);
    } else if (chinese_ && (shape == "9:99" || shape == "99:99")) {
      time(run);
    } else if (shape == "9/9" || shape == "9/99" || shape == "99/99") {
      part(run);
    } else if (grouped_by_commas(shape)) {
      for (const char c : run)
        if (c != ',') out_ += c;
    } else if (chinese_ && shape == "9999" && (follows("年") || follows(" 年"))) {
      digits(run, "");
    } else if (names_something(run, shape)) {
      spell(run);
    } else {
      out_ += run;
      percent();
    }
  }

  // In Chinese what is a share is said before the number.
  void percent() {
    if (!chinese_ || (!follows("%") && !follows(" %"))) return;
    const std::size_t begin = out_.find_last_not_of("0123456789.") + 1;
    out_.insert(begin, "百分之");
    at_ += follows("%") ? 1U : 2U;
  }

  void date(std::string_view run) {
    const int month = number(run.substr(5, 2));
    const int day = number(run.substr(8, 2));
    if (!chinese_) {
      out_ += fmt::format("{} {} {}", day, kMonths.at(static_cast<std::size_t>(month - 1)), run.substr(0, 4));
      return;
    }
    digits(run.substr(0, 4), "");
    out_ += fmt::format("年{}月{}日", month, day);
  }

  void time(std::string_view run) {
    const std::size_t colon = run.find(':');
    const int minute = number(run.substr(colon + 1));
    out_ += fmt::format("{}点", number(run.substr(0, colon)));
    if (minute == 0)
      out_ += "整";
    else
      out_ += fmt::format("{}{}分", minute < 10 ? "零" : "", minute);
  }

  void part(std::string_view run) {
    const std::size_t slash = run.find('/');
    out_ += fmt::format("{}{}{}", run.substr(0, slash), chinese_ ? "，共" : " of ", run.substr(slash + 1));
  }

  static bool grouped_by_commas(std::string_view shape) {
    const std::size_t comma = shape.find(',');
    return comma != std::string_view::npos && comma <= 3 && shape.find_first_not_of("9,.") == std::string_view::npos;
  }

  bool names_something(std::string_view run, std::string_view shape) const {
    const auto digits_in = static_cast<std::size_t>(std::ranges::count(shape, '9'));
    if (shape.find_first_of("*A") != std::string_view::npos) return true;
    if (run.front() == '0' && run.size() > 1 && shape.find('.') == std::string_view::npos) return true;
    if (shape.find_first_of(" -:/") != std::string_view::npos) return true;
    return digits_in >= kNamesSomething && shape.find('.') == std::string_view::npos && !money_follows();
  }

  void spell(std::string_view run) {
    std::string_view between;
    for (std::size_t i = 0; i < run.size(); ++i) {
      const char c = run[i];
      if (c == '*') {
        if (i > 0 && run[i - 1] == '*') continue;
        out_ += between;
        out_ += chinese_ ? "隐去" : "hidden";
      } else if (is_sign(c)) {
        out_ += between;
        letter(c);
      } else {
        out_ += chinese_ ? "，" : ",";
      }
      between = is_sign(c) || !chinese_ ? " " : "";
    }
  }

  void letter(char c) {
    if (is_digit(c) && chinese_)
      out_ += kHanziDigits.at(static_cast<std::size_t>(c - '0'));
    else
      out_ += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }

  void digits(std::string_view run, std::string_view between) {
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (i > 0) out_ += between;
      letter(run[i]);
    }
  }

  void other() {
    std::string_view rest = text_.substr(at_);
    const char32_t c = base::take_character(rest).value_or(0);
    const std::size_t start = at_;
    at_ = c == 0 ? at_ + 1 : text_.size() - rest.size();
    if (c == 0) return;                                                      // not well formed, or a zero byte
    if ((c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F) return;  // they only order the writing
    if (c == '\n') {
      out_ += chinese_ ? "，" : ", ";
    } else if (c == 0xB7 || c == 0x2022) {
      out_ += chinese_ ? "，" : " ";
    } else if (c >= 0x20000 && c <= 0x3FFFF) {
      out_ += chinese_ ? "一个生僻字" : " a rare character ";  // no voice has them; see docs/adding-a-language.md
    } else {
      out_ += text_.substr(start, at_ - start);
    }
  }

  std::string_view text_;
  bool chinese_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string spoken_text(std::string_view text, std::string_view language) { return Speech(text, language).all(); }

}  // namespace ui
