#include "hal/id_card/record_layout.h"

#include <algorithm>
#include <array>

namespace hal {
namespace {

constexpr std::array kResident{
    RecordField{0, 30, &Person::name},         RecordField{32, 4, &Person::ethnic_code},
    RecordField{36, 16, &Person::birth},       RecordField{52, 70, &Person::address},
    RecordField{122, 36, &Person::id_number},  RecordField{158, 30, &Person::authority},
    RecordField{188, 16, &Person::valid_from}, RecordField{204, 16, &Person::valid_until},
};

constexpr std::array kHmtPermit{
    RecordField{0, 30, &Person::name},          RecordField{36, 16, &Person::birth},
    RecordField{52, 70, &Person::address},      RecordField{122, 36, &Person::id_number},
    RecordField{158, 30, &Person::authority},   RecordField{188, 16, &Person::valid_from},
    RecordField{204, 16, &Person::valid_until}, RecordField{220, 18, &Person::pass_number},
    RecordField{238, 4, &Person::issues},
};

constexpr std::array kForeigner2017{
    RecordField{0, 120, &Person::latin_name},  RecordField{122, 30, &Person::id_number},
    RecordField{152, 6, &Person::nationality}, RecordField{158, 30, &Person::name},
    RecordField{188, 16, &Person::valid_from}, RecordField{204, 16, &Person::valid_until},
    RecordField{220, 16, &Person::birth},      RecordField{236, 4, &Person::issues},
    RecordField{240, 8, &Person::authority},
};

constexpr std::array kForeigner2023{
    // the two parts of the English name are not in here
    RecordField{0, 30, &Person::name},         RecordField{32, 4, &Person::issues},
    RecordField{36, 16, &Person::birth},       RecordField{122, 36, &Person::id_number},
    RecordField{188, 16, &Person::valid_from}, RecordField{204, 16, &Person::valid_until},
    RecordField{242, 6, &Person::nationality},
};

constexpr std::array kLayouts{
    RecordLayout{U' ', DocumentKind::resident_card, 30, kResident},
    RecordLayout{U'J', DocumentKind::hmt_permit, 30, kHmtPermit},
    RecordLayout{U'I', DocumentKind::foreigner_permit_2017, 120, kForeigner2017},
    RecordLayout{U'Y', DocumentKind::foreigner_permit_2023, 30, kForeigner2023},
};

}  // namespace

std::span<const RecordLayout> record_layouts() { return kLayouts; }

const RecordLayout* layout_of(char32_t letter) {
  const auto* row = std::ranges::find(kLayouts, letter == 0 ? U' ' : letter, &RecordLayout::letter);
  return row == kLayouts.end() ? nullptr : row;
}

const RecordLayout* layout_of(DocumentKind document) {
  const auto* row = std::ranges::find(kLayouts, document, &RecordLayout::document);
  return row == kLayouts.end() ? nullptr : row;
}

}  // namespace hal
