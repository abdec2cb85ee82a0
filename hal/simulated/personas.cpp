#include "hal/simulated/personas.h"

#include <fmt/format.h>

#include <utility>

#include "hal/citizen_number.h"
#include "hal/simulated/persona_vectors.h"

namespace hal {
namespace {

using namespace std::chrono;

constexpr std::string_view kAddress = "虚构省样例市和平里3号楼2单元501";
constexpr std::string_view kAuthority = "样例市公安局";

std::string written(year_month_day date) {
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

// The same day `count` months away, or the last one of a shorter month.
year_month_day plus_months(year_month_day date, int count) {
  const year_month_day moved = date + months{count};
  return moved.ok() ? moved : year_month_day{year_month_day_last{moved.year(), month_day_last{moved.month()}}};
}

year_month_day minus_days(year_month_day date, int count) { return year_month_day{sys_days{date} - days{count}}; }

struct Citizen {
  std::string_view name;
  Sex sex;
  year_month_day birth;
  std::string_view sequence;  // three digits, odd for men
  int card_years;             // 0 = without end
};

Person person_of(const Citizen& citizen, year_month_day today) {
  Person person;
  person.name = base::Secret(citizen.name);
  person.sex = citizen.sex;
  person.ethnic_code = "01";
  person.birth = base::Secret(written(citizen.birth));
  person.address = base::Secret(kAddress);
  std::string number = fmt::format("000000{}{}", written(citizen.birth), citizen.sequence);
  number += citizen_check_digit(number).value_or('?');
  person.id_number = base::Secret(number);
  person.authority = base::Secret(kAuthority);
  const year_month_day from = plus_months(today, -6 * 12);
  person.valid_from = written(from);
  if (citizen.card_years > 0) person.valid_until = written(plus_months(from, citizen.card_years * 12));
  return person;
}

Persona persona(std::string id, std::string label_zh, std::string label_en, const Person& person) {
  // The people here are constants that fit; a test encodes every one of them.
  TextBlock text{};
  if (const auto block = encode_person(person)) text = *block;
  return {std::move(id), std::move(label_zh), std::move(label_en), text};
}

void add_citizens(std::vector<Persona>& all, year_month_day today) {
  const auto years_ago = [&](int years, int days) { return minus_days(plus_months(today, -12 * years), days); };
  const auto add = [&](std::string id, std::string label_zh, std::string label_en, const Citizen& citizen) {
    all.push_back(persona(std::move(id), std::move(label_zh), std::move(label_en), person_of(citizen, today)));
  };
  add("eighty_five", "王秀兰，85岁", "Wang Xiulan, 85", {"王秀兰", Sex::female, years_ago(85, 120), "124", 0});
  add("nearly_eighty", "李建国，差几周80岁", "Li Jianguo, 80 in a few weeks",
      {"李建国", Sex::male, minus_days(plus_months(today, -80 * 12 + 1), 5), "031", 0});
  add("forty_five", "张敏，45岁", "Zhang Min, 45", {"张敏", Sex::female, years_ago(45, 200), "046", 20});
  add("rare_name", "王𬎆䶮，85岁，生僻字", "Wang Yin-Yan, 85, rare characters",
      {"王𬎆䶮", Sex::male, years_ago(85, 30), "217", 0});
}

}  // namespace

std::vector<Persona> personas(year_month_day today) {
  std::vector<Persona> all;
  add_citizens(all, today);
  for (const PersonaVector& vector : persona_vectors())
    all.push_back(persona(vector.id, vector.label_zh, vector.label_en, vector.person));
  return all;
}

}  // namespace hal
