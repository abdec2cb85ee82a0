// What is typed on keys, and what is told when it is wrong.
#include "kiosk/entry.h"

#include <gtest/gtest.h>

#include "kiosk/address_parts.h"
#include "kiosk/date_text.h"
#include "kiosk/day_range.h"
#include "kiosk/form_choices.h"

namespace kiosk {
namespace {

using std::chrono::year;

class AnEntry : public testing::Test {
 protected:
  AnEntry() { session.today = year{2026} / 11 / 23; }
  Question of(InputKind kind) const {
    Question question;
    question.kind = kind;
    return question;
  }
  void types(const Question& question, std::string_view keys) {
    session.digits.wipe();
    for (const char key : keys)
      if (takes_key(question, session, key)) session.digits.append({&key, 1});
  }
  EntryProblem problem(const Question& question, std::string_view keys) {
    types(question, keys);
    return entry_problem(question, session);
  }
  Session session;
};

TEST_F(AnEntry, takes_a_mobile_number_and_a_landline_with_its_area_code) {
  const auto phone = of(InputKind::phone);
  EXPECT_EQ(problem(phone, "13800138000"), EntryProblem::none);
  EXPECT_EQ(keys_missing(phone, session), 0);
  EXPECT_EQ(grouped_digits(session.digits.reveal(), key_layout(phone, session)).reveal(), "138 0013 8000");
  EXPECT_EQ(problem(phone, "01012345678"), EntryProblem::none);
  EXPECT_EQ(keys_missing(phone, session), 0);
  EXPECT_EQ(problem(phone, "138001"), EntryProblem::none) << "not wrong, only short";
  EXPECT_EQ(keys_missing(phone, session), 5);
}

TEST_F(AnEntry, says_at_once_that_no_telephone_begins_like_this) {
  const auto phone = of(InputKind::phone);
  for (const char* keys : {"2", "12", "00", "110"}) EXPECT_EQ(problem(phone, keys), EntryProblem::phone_start) << keys;
  EXPECT_EQ(session.digits.reveal(), "110") << "the entry is kept";
}

TEST_F(AnEntry, knows_a_wrong_digit_of_an_identity_number) {
  const auto number = of(InputKind::id_number);
  EXPECT_EQ(problem(number, "000000198105060031"), EntryProblem::none);
  EXPECT_EQ(typed_answer(number, session), "000000198105060031");
  EXPECT_EQ(problem(number, "000000198105060038"), EntryProblem::id_check);
  EXPECT_TRUE(typed_answer(number, session).is_null());
  EXPECT_EQ(problem(number, "00000019811306"), EntryProblem::id_date);
}

TEST_F(AnEntry, takes_an_x_only_as_the_last_of_an_identity_number) {
  const auto number = of(InputKind::id_number);
  types(number, "0000X0");
  EXPECT_EQ(session.digits.reveal(), "00000");
  EXPECT_EQ(problem(number, "00000019410308009X"), EntryProblem::none);
  const auto phone = of(InputKind::phone);
  session.digits.wipe();
  EXPECT_FALSE(takes_key(phone, session, 'X'));
}

TEST_F(AnEntry, shows_an_identity_number_masked_once_it_is_given) {
  const auto number = of(InputKind::id_number);
  EXPECT_EQ(answer_text(number, "00000019410308009X", session, Translations("/nowhere"), "en").reveal(), "****009X");
}

TEST_F(AnEntry, holds_an_amount_between_its_limits_and_reads_it_back_in_words) {
  auto amount = of(InputKind::amount);
  amount.amount = {10, 2000};
  EXPECT_EQ(problem(amount, "9"), EntryProblem::amount_low);
  EXPECT_EQ(problem(amount, "2001"), EntryProblem::amount_high);
  EXPECT_EQ(problem(amount, "01200"), EntryProblem::none);
  EXPECT_EQ(typed_answer(amount, session), 1200);
  for (const auto& [number, words] : {std::pair{0, "零"},
                                      {10, "十"},
                                      {12, "十二"},
                                      {105, "一百零五"},
                                      {1200, "一千二百"},
                                      {1010, "一千零一十"},
                                      {20000, "二万"},
                                      {10203, "一万零二百零三"},
                                      {110000, "十一万"},
                                      {1000001, "一百万零一"}})
    EXPECT_EQ(chinese_number(number), words);
}

TEST_F(AnEntry, knows_days_that_are_none_and_days_out_of_range) {
  auto day = of(InputKind::date);
  day.days = {*parse_day_bound("1940-01-01"), *parse_day_bound("today"), {std::chrono::Sunday}};
  EXPECT_EQ(problem(day, "20260229"), EntryProblem::no_such_day);
  EXPECT_EQ(problem(day, "19391231"), EntryProblem::day_too_early);
  EXPECT_EQ(problem(day, "20261124"), EntryProblem::day_too_late);
  EXPECT_EQ(problem(day, "20261122"), EntryProblem::day_closed);
  EXPECT_EQ(problem(day, "20261123"), EntryProblem::none);
  EXPECT_EQ(typed_answer(day, session), "2026-11-23");
}

TEST(ADayRange, lists_few_days_without_the_closed_ones) {
  const DayRange range{*parse_day_bound("+1"), *parse_day_bound("+7"), {std::chrono::Sunday}};
  const auto today = year{2026} / 11 / 23;  // a Monday
  EXPECT_TRUE(is_listed(range, today));
  const auto days = listed_days(range, today);
  ASSERT_EQ(days.size(), 6U);
  EXPECT_EQ(day_text(days.front()), "2026-11-24");
  EXPECT_EQ(day_text(days.back()), "2026-11-30");
  EXPECT_EQ(day_words(days.front(), Translations("/nowhere"), "zh"), "2026年11月24日 Tuesday");
}

TEST(ADayBound, is_today_a_distance_or_a_date) {
  EXPECT_EQ(parse_day_bound("-30")->days_from_today, -30);
  EXPECT_EQ(parse_day_bound("2026-02-28")->date, year{2026} / 2 / 28);
  for (const char* wrong : {"", "soon", "+", "+x", "+999999", "2026-02-29", "2026-2-28", "26-02-28", "--5"})
    EXPECT_FALSE(parse_day_bound(wrong)) << wrong;
}

TEST(ASlot, begins_before_it_ends) {
  EXPECT_EQ(slot_begins("11:30-12:00"), 690);
  for (const char* wrong : {"", "11:30", "12:00-11:30", "11:30-24:00", "1:30-2:00", "aa:bb-cc:dd"})
    EXPECT_FALSE(slot_begins(wrong)) << wrong;
}

TEST_F(AnEntry, offers_only_what_is_still_to_come_when_the_day_is_today) {
  auto slot = of(InputKind::slot);
  slot.slots = {"11:00-11:30", "17:00-17:30"};
  slot.slot_day = "day";
  session.minute = 12 * 60;
  session.answers.set("day", "2026-11-23");
  EXPECT_EQ(open_slots(slot, session), (std::vector<std::string>{"17:00-17:30"}));
  session.answers.set("day", "2026-11-24");
  EXPECT_EQ(open_slots(slot, session).size(), 2U);
}

void expect_parts(std::string_view address, std::string_view area, std::string_view building, std::string_view unit,
                  std::string_view room) {
  const auto parts = split_address(address);
  EXPECT_EQ(parts.part[0].reveal(), area);
  EXPECT_EQ(parts.part[1].reveal(), building);
  EXPECT_EQ(parts.part[2].reveal(), unit);
  EXPECT_EQ(parts.part[3].reveal(), room);
}

TEST(AnAddress, is_taken_apart_at_the_building) {
  expect_parts("虚构省样例市和平里3号楼2单元501", "虚构省样例市和平里", "3", "2", "501");
  expect_parts("虚构省样例市和平里12栋304室", "虚构省样例市和平里", "12", "", "304");
  expect_parts("虚构省样例市福寿路8号", "虚构省样例市福寿路8号", "", "", "");
  expect_parts("虚构省样例村", "虚构省样例村", "", "", "");
  expect_parts("", "", "", "", "");
}

TEST(AnAddress, is_put_together_again) {
  for (const char* address : {"虚构省样例市和平里3号楼2单元501", "虚构省样例市和平里3号楼501", "虚构省样例市福寿路8号"})
    EXPECT_EQ(join_address(split_address(address)).reveal(), address);
}

}  // namespace
}  // namespace kiosk
