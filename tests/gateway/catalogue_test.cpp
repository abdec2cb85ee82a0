#include "gateway/catalogue.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "base/log.h"
#include "tests/gateway/office.h"

namespace {

using namespace gateway_test;
using gateway::load_catalogue;

class ACatalogue : public testing::Test {
 protected:
  void SetUp() override { base::log::quiet(); }
  TemporaryFolder folder;
};

TEST_F(ACatalogue, lists_every_service_of_the_folder_by_id) {
  const std::string repair = R"({"id":"repair-report","version":3,"title":{"zh":"报事报修"}})";
  folder.write("senior-allowance.json", R"({"id":"senior-allowance","version":1})");
  folder.write("repair-report.json", repair);
  folder.write("README.md", "not a service");
  const auto catalogue = load_catalogue(folder.path());
  ASSERT_TRUE(catalogue) << catalogue.error().detail;
  const auto document = json::parse(catalogue->manifest(office_keys(), 4, "2027-12-31T00:00:00Z"));
  EXPECT_EQ(document["version"], 4);
  ASSERT_EQ(document["services"].size(), 2U);
  EXPECT_EQ(
      document["services"][0],
      (json{
          {"id", "repair-report"}, {"sha256", base::to_hex(gateway::sha256(repair))}, {"size", repair.size()}, {"version", 3}}));
  EXPECT_EQ(catalogue->blob(gateway::sha256(repair))->bytes, repair);
  EXPECT_EQ(catalogue->blob(gateway::sha256("other")), nullptr);
  EXPECT_EQ(document["services"][1]["id"], "senior-allowance");
  EXPECT_EQ(document["seal_keys"][0], (json{{"kid", office_key().id()}, {"public", office_key().public_hex()}, {"suite", 1}}));
}

TEST_F(ACatalogue, leaves_a_broken_definition_out_and_keeps_the_others) {
  folder.write("good.json", R"({"id":"good","version":1})");
  folder.write("other-name.json", R"({"id":"wrong-name","version":1})");
  folder.write("no-version.json", R"({"id":"no-version"})");
  folder.write("twice.json", R"({"id":"twice","id":"twice","version":1})");
  folder.write("cut.json", R"({"id":"cut","ver)");
  folder.write("Upper.json", R"({"id":"Upper","version":1})");
  const auto catalogue = load_catalogue(folder.path());
  ASSERT_TRUE(catalogue);
  ASSERT_EQ(catalogue->services().size(), 1U);
  EXPECT_NE(catalogue->find("good"), nullptr);
  EXPECT_EQ(catalogue->find("wrong-name"), nullptr);
}

TEST_F(ACatalogue, of_nothing_is_an_error) {
  EXPECT_EQ(load_catalogue(folder.path()).error().failure, base::Failure::service_none);
  EXPECT_EQ(load_catalogue(folder.path() / "missing").error().failure, base::Failure::service_none);
}

TEST_F(ACatalogue, has_another_digest_when_a_service_or_the_key_changes) {
  const auto before = two_services().content_digest(office_keys());
  EXPECT_EQ(two_services().content_digest(office_keys()), before);
  EXPECT_NE(two_services().content_digest(office_keys(2)), before);
  EXPECT_NE(gateway::Catalogue({}).content_digest(office_keys()), before);
}

}  // namespace
