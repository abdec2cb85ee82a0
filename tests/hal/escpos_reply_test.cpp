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
