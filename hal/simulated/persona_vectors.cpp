#include "hal/simulated/persona_vectors.h"

#include <utility>

namespace hal {
namespace {

using base::Secret;

Person person(DocumentKind document, std::string_view name, Sex sex, std::string_view birth, std::string_view number,
              std::string valid_from, std::string valid_until) {
  Person made;
  made.document = document;
  made.name = Secret(name);
  made.sex = sex;
  made.birth = Secret(birth);
  made.id_number = Secret(number);
  made.valid_from = std::move(valid_from);
  made.valid_until = std::move(valid_until);
  return made;
}

Person resident_1() {
  Person made =
      person(DocumentKind::resident_card, "测试甲", Sex::male, "19000230", "000000190002300016", "20200101", "20400101");
  made.ethnic_code = "01";
  made.address = Secret("虚构省样例市测试路1号");
  made.authority = Secret("样例市公安局");
  return made;
}

Person resident_2() {
  Person made = person(DocumentKind::resident_card, "样本·乙丙", Sex::female, "19000231", "00000019000231002X", "20200102", "");
  made.ethnic_code = "05";
  made.address = Secret("虚构自治区样例县测试乡2组");
  made.authority = Secret("样例县公安局");
  return made;
}

Person hmt_permit() {
  Person made = person(DocumentKind::hmt_permit, "测试丙", Sex::male, "19000230", "810000190002300033", "20200103", "20250103");
  made.address = Secret("虚构省样例市测试路3号");
  made.authority = Secret("样例市公安局");
  made.pass_number = Secret("H00000000");
  made.issues = "01";
  return made;
}

Person foreigner_2017() {
  Person made =
      person(DocumentKind::foreigner_permit_2017, "测试丁", Sex::female, "19000230", "XXX000000023015", "20200104", "20300104");
  made.latin_name = Secret("SPECIMEN, TEST ONE");
  made.nationality = "XXX";
  made.issues = "01";
  made.authority = Secret("0000");
  return made;
}

Person foreigner_2023() {
  Person made = person(DocumentKind::foreigner_permit_2023, "测试戊", Sex::female, "19000230", "900000190002300027", "20240105",
                       "20340105");
  made.latin_name = Secret("SPECIMEN, TEST TWO");
  made.nationality = "XXX";
  made.issues = "00";
  made.old_number = Secret("XXX000000023015");
  return made;
}

}  // namespace

std::vector<PersonaVector> persona_vectors() {
  std::vector<PersonaVector> all;
  const auto add = [&](std::string id, std::string label_zh, std::string label_en, Person made) {
    all.push_back({std::move(id), std::move(label_zh), std::move(label_en), std::move(made)});
  };
  add("R1", "测试卡 R1：居民身份证", "Test card R1: resident", resident_1());
  add("R2", "测试卡 R2：居民身份证，长期", "Test card R2: resident, no end date", resident_2());
  add("J1", "测试卡 J1：港澳台居民居住证", "Test card J1: Hong Kong, Macao, Taiwan permit", hmt_permit());
  add("I1", "测试卡 I1：外国人永久居留证（2017）", "Test card I1: foreigner's permit 2017", foreigner_2017());
  add("Y1", "测试卡 Y1：外国人永久居留证（2023）", "Test card Y1: foreigner's permit 2023", foreigner_2023());
  return all;
}

}  // namespace hal
