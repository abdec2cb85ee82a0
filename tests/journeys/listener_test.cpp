// Every shipped service, finished by ears and keys alone, by two switches, and by hands and eyes of all kinds.
#include <algorithm>

#include "kiosk/app/asset_paths.h"
#include "tests/journeys/sighted.h"

namespace {

using journeys::GreyEyes;
using journeys::Journey;
using journeys::Listener;
using journeys::SlowResident;
using journeys::SwitchUser;
using journeys::TremblingHand;

std::vector<std::string> shipped_services() {
  std::vector<std::string> ids;
  for (const auto& service : kiosk::load_services(kiosk::installed_assets().services()).services)
    if (!service.ticket) ids.push_back(service.id);
  return ids;
}

class EveryService : public testing::TestWithParam<std::string> {
 protected:
  std::string title() {
    for (const auto& service : journey_.furnishings().services)
      if (service.id == GetParam()) return std::string(service.title.in("en"));
    return {};
  }
  Journey journey_;
};

TEST_P(EveryService, is_finished_by_somebody_who_hears_and_has_keys) {
  Listener listener(journey_);
  EXPECT_TRUE(listener.finishes(title())) << listener.story();
}

TEST_P(EveryService, is_finished_with_two_switches) {
  SwitchUser user(journey_);
  EXPECT_TRUE(user.finishes(GetParam())) << user.story();
}

TEST_P(EveryService, is_finished_by_a_hand_that_trembles) {
  TremblingHand hand(journey_, 5.0, 20261128);
  EXPECT_TRUE(hand.finishes(GetParam())) << hand.story();
}

TEST_P(EveryService, is_finished_by_somebody_who_sees_no_colours) {
  GreyEyes eyes(journey_);
  EXPECT_TRUE(eyes.finishes(GetParam())) << eyes.story();
}

TEST_P(EveryService, is_finished_ten_times_as_slowly) {
  SlowResident resident(journey_);
  EXPECT_TRUE(resident.finishes(GetParam())) << resident.story();
  EXPECT_GT(resident.asked(), 5);
}

INSTANTIATE_TEST_SUITE_P(Shipped, EveryService, testing::ValuesIn(shipped_services()), [](const auto& service) {
  std::string name = service.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
