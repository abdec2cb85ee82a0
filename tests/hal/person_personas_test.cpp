#include <gtest/gtest.h>

#include <algorithm>

#include "hal/simulated/personas.h"

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

hal::Person person(std::string_view id, year_month_day today) {
  const auto all = hal::personas(today);
  const auto found = std::ranges::find(all, id, &hal::Persona::id);
  EXPECT_NE(found, all.end());
  auto decoded = hal::decode_person(found->text, today);
  EXPECT_TRUE(decoded);
  return *std::move(decoded);
}

TEST(ThePersonas, have_the_ages_they_promise_on_every_day_of_five_years) {
  for (sys_days day = 2024y / 1 / 1; day < sys_days{2029y / 1 / 1}; day += days{1}) {
    const year_month_day today{day};
    const auto months = [&](std::string_view id) { return hal::age_in_months(*person(id, today).birth_date(), today); };
    ASSERT_EQ(months("eighty_five") / 12, 85);
    ASSERT_EQ(months("nearly_eighty"), 79 * 12 + 11) << day.time_since_epoch().count();
    ASSERT_EQ(months("forty_five") / 12, 45);
    ASSERT_EQ(months("rare_name") / 12, 85);
  }
}

TEST(ThePersonas, of_the_demo_have_cards_in_order) {
  const year_month_day today{2026y / 11 / 23};
  for (const auto* id : {"eighty_five", "nearly_eighty", "forty_five", "rare_name"}) {
    const auto one = person(id, today);
    EXPECT_TRUE(one.checks.number_check_digit && one.checks.birth_is_a_date && one.checks.birth_fits_number &&
                one.checks.sex_fits_number)
        << id;
    EXPECT_EQ(one.checks.validity, hal::Validity::valid) << id;
    EXPECT_TRUE(one.id_number.reveal().starts_with("000000")) << id;
    EXPECT_FALSE(one.address.empty()) << id;
  }
  EXPECT_EQ(person("rare_name", today).name.reveal(), "王𬎆䶮");
}

TEST(ThePersonas, have_ids_of_their_own_and_labels_in_both_languages) {
  const auto all = hal::personas(2026y / 11 / 23);
  EXPECT_EQ(all.size(), 9U);
  for (const auto& persona : all) {
    EXPECT_EQ(std::ranges::count(all, persona.id, &hal::Persona::id), 1);
    EXPECT_FALSE(persona.label_zh.empty() || persona.label_en.empty());
  }
}

}  // namespace
