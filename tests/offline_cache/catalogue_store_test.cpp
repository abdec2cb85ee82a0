#include "offline_cache/catalogue_store.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hex.h"
#include "base/log.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_signer.h"

namespace {

using namespace offline_cache;
using nlohmann::json;

const std::string kAllowance = R"({"id":"allowance","version":1})";
const std::string kRepair = R"({"id":"repair","version":2})";

class ACatalogueStore : public testing::Test {
 protected:
  void SetUp() override { base::log::quiet(); }

  static json service(const std::string& id, const std::string& bytes) {
    return {{"id", id}, {"sha256", base::to_hex(sha256(bytes))}, {"size", bytes.size()}, {"version", 1}};
  }
  static json manifest(int version) {
    return {
        {"expires", "2027-12-31T00:00:00Z"},
        {"notices", json::array({json{{"id", "closed"}, {"text", {{"zh", "今天下午停电"}, {"en", "No power this afternoon"}}}}})},
        {"seal_keys", json::array({json{{"kid", "0123456789abcdef"}, {"public", std::string(64, '1')}, {"suite", 1}}})},
        {"services", json::array({service("allowance", kAllowance), service("repair", kRepair)})},
        {"version", version}};
  }
  std::string body(const json& of) const {
    const std::string text = of.dump();
    return json{{"key", key.public_hex()}, {"manifest", text}, {"signature", key.sign_hex(text)}}.dump();
  }
  std::optional<base::Failure> refusal(std::string text) {
    auto offer = store().offer(std::move(text));
    return offer ? std::nullopt : std::optional(offer.error().failure);
  }
  CatalogueStore& store() {
    if (!store_) store_.emplace(folder.path(), trusted);
    return *store_;
  }
  CatalogueStore& restart() {
    store_.reset();
    return store();
  }
  void take(int version) {
    auto offer = store().offer(body(manifest(version)));
    ASSERT_TRUE(offer) << offer.error().detail;
    for (const auto& each : offer->missing)
      ASSERT_TRUE(store().add_blob(each.digest, each.id == "repair" ? kRepair : kAllowance));
    const auto done = store().commit();
    ASSERT_TRUE(done) << done.error().detail;
  }
  std::int64_t version() { return store().current() ? store().current()->manifest.version : 0; }
  std::filesystem::path generation(int version) { return folder / fmt::format("catalogue/generation-{:019}", version); }

  test_support::TemporaryFolder folder;
  test_support::TestSigner key;
  std::vector<std::string> trusted{key.public_hex()};
  std::optional<CatalogueStore> store_;
};

TEST_F(ACatalogueStore, keeps_what_was_signed_and_finds_it_again) {
  EXPECT_EQ(version(), 0);
  take(4);
  restart();
  ASSERT_EQ(version(), 4);
  EXPECT_FALSE(store().alarm());
  EXPECT_EQ(*base::read_file(store().current()->services / "repair.json"), kRepair);
  EXPECT_EQ(store().current()->manifest.notices[0].text.at("zh"), "今天下午停电");
  EXPECT_EQ(store().current()->manifest.seal_keys[0].kid, "0123456789abcdef");
  EXPECT_EQ(store().etag(), '"' + base::to_hex(sha256(body(manifest(4)))).substr(0, 32) + '"');
}

TEST_F(ACatalogueStore, tells_from_when_on_a_key_is_to_be_used) {
  auto offered = manifest(4);
  auto& next = offered["seal_keys"].emplace_back(offered["seal_keys"][0]);
  next["not_before"] = "2027-01-01T00:00:00Z";
  next["not_after"] = "2029-01-01T00:00:00Z";
  const auto read = read_catalogue(body(offered), trusted);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_FALSE(read->seal_keys[0].not_before || read->seal_keys[0].not_after);
  EXPECT_EQ(read->seal_keys[1].not_before, std::chrono::sys_days{std::chrono::year{2027} / 1 / 1});
  EXPECT_EQ(read->seal_keys[1].not_after, std::chrono::sys_days{std::chrono::year{2029} / 1 / 1});
  next["not_before"] = "tomorrow";
  EXPECT_EQ(read_catalogue(body(offered), trusted).error().failure, base::Failure::catalogue_broken);
}

TEST_F(ACatalogueStore, asks_only_for_the_files_it_has_not) {
  take(4);
  auto next = manifest(5);
  next["services"][1] = service("repair", "changed");
  const auto offer = store().offer(body(next));
  ASSERT_TRUE(offer);
  ASSERT_EQ(offer->missing.size(), 1U);
  EXPECT_EQ(offer->missing[0].id, "repair");
  EXPECT_FALSE(store().commit()) << "a file is missing";
  EXPECT_EQ(store().add_blob(offer->missing[0].digest, "chanGed").error().failure, base::Failure::catalogue_broken);
  ASSERT_TRUE(store().add_blob(offer->missing[0].digest, "changed"));
  ASSERT_TRUE(store().commit());
  EXPECT_EQ(version(), 5);
  const auto same = store().offer(body(next));
  ASSERT_TRUE(same);
  EXPECT_FALSE(same->wanted);
}

TEST_F(ACatalogueStore, refuses_an_older_one_also_after_a_restart) {
  take(4);
  take(5);
  EXPECT_EQ(refusal(body(manifest(4))), base::Failure::catalogue_older);
  auto other = manifest(5);
  other["notices"] = json::array();
  EXPECT_EQ(refusal(body(other)), base::Failure::catalogue_older) << "another text under the same version";
  restart();
  EXPECT_EQ(refusal(body(manifest(4))), base::Failure::catalogue_older);
  EXPECT_EQ(version(), 5);
}

TEST_F(ACatalogueStore, believes_only_a_key_it_was_told_to_trust) {
  const test_support::TestSigner stranger(44);
  const std::string text = manifest(4).dump();
  EXPECT_EQ(refusal(json{{"key", stranger.public_hex()}, {"manifest", text}, {"signature", stranger.sign_hex(text)}}.dump()),
            base::Failure::catalogue_broken);
  EXPECT_EQ(refusal(json{{"key", key.public_hex()}, {"manifest", text}, {"signature", stranger.sign_hex(text)}}.dump()),
            base::Failure::catalogue_broken);
  EXPECT_EQ(refusal(json{{"manifest", text}}.dump()), base::Failure::catalogue_broken);
  trusted = {stranger.public_hex(), key.public_hex()};  // while keys are changed
  restart();
  take(4);
}

TEST_F(ACatalogueStore, refuses_what_is_cut_or_changed_anywhere) {
  const std::string whole = body(manifest(4));
  for (std::size_t cut = 0; cut < whole.size(); cut += 7)
    EXPECT_EQ(refusal(whole.substr(0, cut)), base::Failure::catalogue_broken);
  for (std::size_t at = whole.find("expires"); at < whole.size(); at += 5) {
    auto changed = whole;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_EQ(refusal(changed), base::Failure::catalogue_broken) << at;
  }
}

TEST_F(ACatalogueStore, refuses_what_is_signed_but_beyond_its_limits) {
  const auto refused = [&](const char* member, json value) {
    auto changed = manifest(4);
    changed[member] = std::move(value);
    return refusal(body(changed)) == base::Failure::catalogue_broken;
  };
  EXPECT_TRUE(refused("version", 0));
  EXPECT_TRUE(refused("version", -1));
  EXPECT_TRUE(refused("version", "4"));
  EXPECT_TRUE(refused("services", json::array({service("../etc/passwd", "x")})));
  EXPECT_TRUE(refused("services", json::array({service("b", "x"), service("a", "x")})));
  EXPECT_TRUE(refused("services", json::array({service("a", std::string(kLargestServiceFile + 1, 'x'))})));
  EXPECT_TRUE(refused("services", nullptr));
  EXPECT_TRUE(refused("notices", json::array({json{{"id", "a"}, {"text", {{"zh", std::string(kLongestNotice + 1, 'x')}}}}})));
  EXPECT_TRUE(refused("notices", json::array({json{{"id", "a"}, {"text", json::object()}}})));
  EXPECT_TRUE(refused("notices", json(std::vector<json>(kMostNotices + 1, manifest(4)["notices"][0]))));
  EXPECT_EQ(refusal(std::string(kLargestManifest + 1, ' ')), base::Failure::catalogue_broken);
}

TEST_F(ACatalogueStore, falls_back_to_the_last_good_one_and_mends_it) {
  take(4);
  take(5);
  for (const auto* file : {"catalogue.json", "services/repair.json", "services/allowance.json"}) {
    const auto path = generation(5) / file;
    const auto good = *base::read_file(path);
    for (const auto& bad : {good.substr(0, good.size() / 2), std::string(), good + "x"}) {
      std::ofstream(path, std::ios::trunc) << bad;
      restart();
      EXPECT_EQ(version(), 4) << file;
      EXPECT_EQ(store().alarm(), base::Failure::catalogue_broken);
    }
    EXPECT_EQ(refusal(body(manifest(4))), std::nullopt) << "the one in use";
    take(5);
    EXPECT_EQ(version(), 5);
    EXPECT_FALSE(store().alarm());
  }
}

TEST_F(ACatalogueStore, keeps_two_generations) {
  for (int version = 1; version <= 5; ++version) take(version);
  EXPECT_FALSE(std::filesystem::exists(generation(3)));
  EXPECT_TRUE(std::filesystem::exists(generation(4)));
  EXPECT_TRUE(std::filesystem::exists(generation(5)));
}

TEST_F(ACatalogueStore, is_not_disturbed_by_what_a_dead_writer_left) {
  take(4);
  std::filesystem::create_directories(folder / "catalogue/new/services");
  std::ofstream(folder / "catalogue/new/catalogue.json") << "half";
  restart();
  EXPECT_EQ(version(), 4);
  EXPECT_FALSE(store().alarm());
  take(5);
}

TEST_F(ACatalogueStore, tells_when_it_is_past_its_date_and_stays_in_use) {
  take(4);
  using namespace std::chrono;
  EXPECT_FALSE(store().expired(sys_days{year{2027} / 12 / 30}));
  EXPECT_TRUE(store().expired(sys_days{year{2028} / 1 / 1}));
  EXPECT_EQ(version(), 4);
}

TEST_F(ACatalogueStore, tells_when_it_cannot_be_written) {
  std::ofstream(folder / "catalogue") << "a file where the folder belongs";
  const auto offer = store().offer(body(manifest(4)));
  for (const auto& each : offer->missing) ASSERT_TRUE(store().add_blob(each.digest, each.id == "repair" ? kRepair : kAllowance));
  EXPECT_EQ(store().commit().error().failure, base::Failure::save_io_error);
}

}  // namespace
