#include "kiosk/test_page.h"

#include <fmt/format.h>

#include "kiosk/date_text.h"

namespace kiosk {

hal::PrintDocument test_page(const Hall& hall, const Moment& now, const Language& language, const Translations& translations) {
  hal::PrintDocument page;
  page.language = language == "zh" ? "zh-Hans" : language;
  page.blocks.emplace_back(hal::PrintHeading{translations.text("Test page", language)});
  page.blocks.emplace_back(hal::PrintField{translations.text("Machine", language), hall.terminal, true});
  page.blocks.emplace_back(hal::PrintField{translations.text("Time", language), time_text(now.hour, now.minute), false});
  page.blocks.emplace_back(hal::PrintRule{});
  page.blocks.emplace_back(hal::PrintCode{"0123-ABC"});
  page.blocks.emplace_back(hal::PrintText{"邻里 Linli 䶮堃喆 ئۇيغۇر བོད་ཡིག हिन्दी", false, true});
  page.blocks.emplace_back(hal::PrintQr{"linli:" + hall.terminal + ":TEST", {translations.text("Test page", language)}});
  return page;
}

}  // namespace kiosk
