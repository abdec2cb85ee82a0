// Every shipped service, finished by ears and keys alone, and by two switches.
#include <algorithm>

#include "kiosk/app/asset_paths.h"
#include "tests/journeys/listener.h"

namespace {

using journeys::Journey;
using journeys::Listener;
using journeys::SwitchUser;
using kiosk::Stage;

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
  ASSERT_TRUE(user.choose("browse"));
  while (!user.offers("service/" + GetParam())) ASSERT_TRUE(user.choose("more"));
  ASSERT_TRUE(user.choose("service/" + GetParam()));
  if (journey_.state().stage == Stage::identify) {
    journey_.lay("eighty_five");
    journey_.wait_for([](const kiosk::VisitState& state) { return state.stage == Stage::question; });
  }
  for (int page = 0; page < 40 && journey_.state().stage == Stage::question; ++page) {
    const std::string question = journey_.screen().page();
    for (int tries = 0; tries < 6 && !user.offers("next"); ++tries) ASSERT_TRUE(user.answers()) << question;
    // Leaving it to the staff goes on by itself.
    if (journey_.screen().page() == question) { ASSERT_TRUE(user.choose("next")) << question; }
  }
  journey_.expect(Stage::check);
  ASSERT_TRUE(user.choose("next"));
  journey_.expect(Stage::receipt);
  ASSERT_TRUE(journey_.wait_for(
      [](const kiosk::VisitState& state) { return state.session && state.session->print > kiosk::PrintProgress::printing; }));
  ASSERT_TRUE(user.choose("next"));
  EXPECT_FALSE(journey_.state().session);
}

INSTANTIATE_TEST_SUITE_P(Shipped, EveryService, testing::ValuesIn(shipped_services()), [](const auto& service) {
  std::string name = service.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
