#include "hal/printer/escpos_reply.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/hex.h"

namespace {

using namespace hal::escpos;

std::string shown(const Reply& reply) {
  std::ostringstream out;
  if (const auto* s = std::get_if<RealTimeStatus>(&reply)) out << "status" << s->query << ":" << base::to_hex({&s->byte, 1});
  if (const auto* s = std::get_if<AutomaticStatus>(&reply)) out << "auto:" << base::to_hex(s->bytes);
  if (const auto* s = std::get_if<InOrderStatus>(&reply)) out << "order:" << base::to_hex({&s->byte, 1});
  if (const auto* s = std::get_if<Processed>(&reply)) out << "processed:" << s->id.value;
  if (std::holds_alternative<BuffersCleared>(reply)) out << "cleared";
  if (const auto* s = std::get_if<IdentityText>(&reply)) out << "text:" << s->text;
  if (const auto* s = std::get_if<LongStatus>(&reply)) out << "long:" << base::to_hex(s->bytes);
  return out.str();
}

struct Row {
  const char* what;
  std::vector<int> queries;  // DLE EOT outstanding
  int in_order;              // GS r outstanding
  const char* bytes;
  std::string meaning;
};

const Row kRows[] = {
    {"a healthy answer to each query", {1, 2, 3, 4}, 0, "12121212", "status1:12 status2:12 status3:12 status4:12"},
    {"a cover open and paper out", {2, 4}, 0, "167e", "status2:16 status4:7e"},
    {"a status nobody asked for", {}, 0, "12", ""},
    {"an automatic status", {}, 0, "10000000", "auto:10000000"},
    {"an automatic status while GS r is awaited", {}, 1, "1800000c00", "auto:1800000c order:00"},
    {"one whose last byte is 0F", {}, 0, "1000000f", "auto:1000000f"},
    {"an automatic status before the awaited answer", {3}, 0, "1000000012", "auto:10000000 status3:12"},
    {"an automatic status cut short, then an answer", {3}, 0, "100012", "status3:12"},
    {"an automatic status cut short, then a whole one", {}, 0, "10001000000c", "auto:1000000c"},
    {"an answer to GS r", {}, 1, "0c", "order:0c"},
    {"an answer to GS r nobody asked for", {}, 0, "0c", ""},
    {"a process id", {}, 0, "37222020212100", "processed:96"},
    {"a process id while GS r is awaited", {}, 1, "3722202021210000", "processed:96 order:00"},
    {"two process ids", {}, 0, "3722202020210037222020202200", "processed:1 processed:2"},
    {"buffers cleared", {}, 0, "372500", "cleared"},
    {"a QR size and a power-off notice",
     {},
     0,
     "3736313200"
     "3b3000",
     ""},
    {"a model name",
     {},
     1,
     "5f544d2d54323000"
     "00",
     "order:00"},
    {"a process id too short", {}, 0, "3722202000", ""},
    {"a process id cut short, then an answer", {1}, 0, "37222012", "status1:12"},
    {"flow control everywhere",
     {1},
     0,
     "1311"
     "1013000011"
     "00"
     "13"
     "12",
     "auto:10000000 status1:12"},
    {"automatic status and answer in one slice, either order", {4}, 0, "127e", "status4:12"},
    {"an automatic status whose bytes 2 to 4 each look like an answer to GS r",
     {},
     2,
     "10080c0f0000",
     "auto:10080c0f order:00 order:00"},
    {"two automatic statuses and an answer between", {}, 1, "100000000018000f0000", "auto:10000000 order:00 auto:18000f00"},
    {"a broken automatic status while nothing is awaited", {}, 0, "00000000", ""},
    {"an answer to each of two questions, merged with an automatic status",
     {1, 2},
     1,
     "18080000121600",
     "auto:18080000 status1:12 status2:16 order:00"},
    {"flow control inside an automatic status", {}, 0, "10130011130000", "auto:10000000"},
    {"flow control inside a process id", {}, 0, "1337112213202021112100", "processed:96"},
    {"flow control between a status and its neighbour", {1, 2}, 0, "13121112", "status1:12 status2:12"},
    {"a status that arrives in the middle of a process id", {1}, 0, "3722201220212100", "status1:12"},
    {"a model name nobody asked for", {}, 0, "5f4c502d383000", ""},
    {"a presenter's status nobody asked for", {}, 0, "100f20000000", "auto:100f2000"},
    {"noise",
     {1},
     0,
     "ff80c3"
     "12",
     "status1:12"},
};

TEST(AReply, is_told_from_others_by_its_place) {
  for (const auto& row : kRows) {
    ReplyParser parser{hal::StatusBits{}};
    for (const int query : row.queries) parser.expect_status(query);
    for (int i = 0; i < row.in_order; ++i) parser.expect_in_order();
    std::string meaning;
    const auto bytes = base::from_hex(row.bytes);
    ASSERT_TRUE(bytes) << row.what;
    for (const std::uint8_t byte : *bytes)  // byte by byte: slices must not matter
      for (const auto& reply : parser.take({&byte, 1})) meaning += (meaning.empty() ? "" : " ") + shown(reply);
    EXPECT_EQ(meaning, row.meaning) << row.what;
  }
}

ReplyParser presenters(bool flow_control) {
  ReplyParser parser{hal::StatusBits{}, {{0x10, 0x0F}, 6}, flow_control};
  parser.expect_long_status();
  return parser;
}

std::string meaning_of(ReplyParser& parser, const std::string& hex) {
  std::string meaning;
  const auto bytes = *base::from_hex(hex);
  for (const std::uint8_t byte : bytes)
    for (const auto& reply : parser.take({&byte, 1})) meaning += (meaning.empty() ? "" : " ") + shown(reply);
  return meaning;
}

TEST(AReply, of_a_presenter_begins_like_an_automatic_status_and_is_told_by_its_second_byte) {
  auto parser = presenters(true);
  EXPECT_EQ(meaning_of(parser, "100f20000000"), "long:100f20000000");
  parser.expect_long_status();
  EXPECT_EQ(meaning_of(parser,
                       "10000000"
                       "100f01020340"),
            "auto:10000000 long:100f01020340");
  parser.expect_long_status();
  parser.expect_status(1);
  EXPECT_EQ(meaning_of(parser,
                       "12"
                       "100f12121212"),
            "status1:12 long:100f12121212");
  EXPECT_EQ(meaning_of(parser, "100f0000"), "auto:100f0000") << "nobody asked";
}

TEST(AReply, of_a_presenter_may_hold_the_bytes_of_flow_control_on_a_line_without_it) {
  auto without = presenters(false);
  EXPECT_EQ(meaning_of(without, "100f11130000"), "long:100f11130000");
  auto with = presenters(true);
  EXPECT_EQ(meaning_of(with,
                       "101311"
                       "0f20"
                       "11"
                       "000000"),
            "long:100f20000000");
}

TEST(AReply, with_a_name_is_taken_once_when_asked_for) {
  ReplyParser parser{hal::StatusBits{}};
  parser.expect_identity();
  EXPECT_EQ(meaning_of(parser,
                       "5f4c502d383000"
                       "5f4c502d383000"),
            "text:LP-80");
  parser.expect_identity();
  parser.forget_identity();
  EXPECT_EQ(meaning_of(parser, "5f4c502d383000"), "") << "too late";
}

TEST(AReply, that_answers_nothing_is_counted) {
  ReplyParser parser{hal::StatusBits{}};
  meaning_of(parser,
             "00000000"
             "ff"
             "1011");
  EXPECT_EQ(parser.noise(), 5U);
  meaning_of(parser, "12");
  EXPECT_EQ(parser.noise(), 7U) << "half an automatic status, and a status nobody asked for";
}

TEST(AReply, may_use_a_bit_that_epson_fixes) {
  ReplyParser epson{hal::StatusBits{}};
  epson.expect_status(1);
  EXPECT_TRUE(epson.take(*base::from_hex("92")).empty());
  hal::StatusBits dialect;
  dialect.reply_mask = 0x13;
  ReplyParser parser{dialect};
  parser.expect_status(1);
  ASSERT_EQ(parser.take(*base::from_hex("92")).size(), 1U);
}

TEST(AReply, that_comes_too_late_is_not_taken_for_the_next) {
  ReplyParser parser{hal::StatusBits{}};
  parser.expect_in_order();
  parser.expect_status(1);
  parser.forget_in_order();
  parser.forget_status();
  EXPECT_TRUE(parser.take(*base::from_hex("0012")).empty());
}

TEST(AReply, of_endless_text_does_not_grow) {
  ReplyParser parser{hal::StatusBits{}};
  const std::vector<std::uint8_t> flood(100'000, 0x5F);
  EXPECT_TRUE(parser.take(flood).empty());
  parser.expect_status(1);
  EXPECT_EQ(parser.take(*base::from_hex("0012")).size(), 1U);
}

}  // namespace
