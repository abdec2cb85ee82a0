// links: linli_hal
// Any 256 bytes: refused, or a person whose texts are UTF-8 and who is the same again after encoding.
#include <cstring>

#include "hal/id_card/person_record.h"
#include "hal/id_card/utf16_text.h"
#include "tests/fuzz/require.h"

namespace {

constexpr std::chrono::year_month_day kToday{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

void require_text(const base::Secret& text) {
  std::array<std::uint8_t, hal::kTextBlockBytes> field{};
  require(hal::encode_utf16_field(text.reveal(), field));  // fails on anything but UTF-8
}

void require_same(const hal::Person& a, const hal::Person& b) {
  require(a.document == b.document && a.sex == b.sex);
  require(a.name == b.name && a.latin_name == b.latin_name && a.birth == b.birth && a.address == b.address);
  require(a.id_number == b.id_number && a.pass_number == b.pass_number && a.authority == b.authority);
  require(a.ethnic_code == b.ethnic_code && a.nationality == b.nationality && a.issues == b.issues);
  require(a.old_number == b.old_number && a.valid_from == b.valid_from && a.valid_until == b.valid_until);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < hal::kTextBlockBytes) return 0;
  const auto person = hal::decode_person(hal::TextBlockView(data, hal::kTextBlockBytes), kToday);
  if (!person) return 0;
  for (const auto* text : {&person->name, &person->latin_name, &person->birth, &person->address, &person->id_number})
    require_text(*text);
  const auto block = hal::encode_person(*person);
  require(block.ok());
  const auto again = hal::decode_person(*block, kToday);
  require(again.ok());
  require_same(*person, *again);
  return 0;
}
