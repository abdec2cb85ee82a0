// Every service in assets/services/, as it is shipped.
#include <gtest/gtest.h>

#include "kiosk/service_definition.h"

namespace {

using kiosk::load_services;

const std::filesystem::path kServices = std::filesystem::path(LINLI_SOURCE_DIR) / "assets/services";

TEST(TheShippedServices, all_load) {
  const auto list = load_services(kServices);
  for (const auto& error : list.broken) ADD_FAILURE() << error.detail;
  ASSERT_EQ(list.services.size(), 2U);
  EXPECT_EQ(list.services[0].id, "repair-report");
  EXPECT_EQ(list.services[1].id, "senior-allowance");
}

}  // namespace
