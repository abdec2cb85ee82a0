#include "hal/pcsc/card_application.h"

#include <array>

#include "hal/pcsc/belgian_card.h"
#include "hal/pcsc/estonian_card.h"
#include "hal/pcsc/nhi_card.h"
#include "hal/pcsc/social_security_card.h"

namespace hal {

std::span<const CardApplication> card_applications() {
  static const std::array kApplications{
      CardApplication{"social-security card", kSocialSecurityEnvironment, kSelectWithAnswer, read_social_security_card},
      CardApplication{"Estonian identity card", kEstonianIdentity, kSelectWithAnswer, read_estonian_card},
      CardApplication{"Taiwan health insurance card", kNhiIdentity, kSelectWithAnswer, read_nhi_card},
      CardApplication{"Belgian identity card", kBelgianIdentity, kSelectWithoutAnswer, read_belgian_card},
  };
  return kApplications;
}

base::Result<Person> read_card(CardConversation& card, std::chrono::year_month_day today) {
  for (const CardApplication& application : card_applications()) {
    const bool selected = card.select_application(application.aid, application.select_p2);
    if (card.fault()) break;
    if (selected) return application.read(card, today);
  }
  return {base::Failure::card_type_unsupported, "no known application"};
}

}  // namespace hal
