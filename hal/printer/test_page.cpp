#include "hal/printer/test_page.h"

#include <string_view>

namespace hal {
namespace {

std::string_view words_for(Evidence evidence) {
  switch (evidence) {
    case Evidence::taken:
      return "was cut and taken";
    case Evidence::cut:
      return "was cut";
    case Evidence::printed:
      return "was printed";
    case Evidence::none:
    case Evidence::submitted:
    case Evidence::accepted:
    case Evidence::processed:
      break;
  }
  return "was processed";
}

}  // namespace

PrintDocument test_page(const PrinterProfile& profile, const PrinterIdentity& identity) {
  PrintDocument page;
  page.blocks = {PrintHeading{"打印机自检 Printer test"},
                 PrintRule{},
                 PrintField{"profile", profile.name},
                 PrintField{"model", identity.model.empty() ? "?" : identity.model},
                 PrintText{"永和九年 邻里和睦 𬎆䶮 0123456789"},
                 PrintCode{"TEST-000"},
                 PrintQr{"linli:printer-test", {"linli:printer-test"}},
                 PrintRule{}};
  return page;
}

std::string describe(const PrintFinished& finished) {
  std::string text = "; the test page ";
  if (finished.outcome == PrintOutcome::confirmed) return text + std::string(words_for(finished.evidence));
  text += finished.outcome == PrintOutcome::not_printed ? "was not printed" : "is not known to have come out";
  if (finished.failure) text += " (" + std::string(base::entry(*finished.failure).code) + ")";
  return text;
}

}  // namespace hal
