#include "gateway/office_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/gateway/office.h"

namespace {

using base::Failure;
using gateway::OfficeKey;
using namespace gateway_test;

mode_t mode_of(const std::filesystem::path& file) {
  struct stat status {};
  stat(file.c_str(), &status);
  return status.st_mode & 0777U;
}

TEST(AnOfficeKey, is_made_once_and_read_again) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "office.key";
  const auto made = OfficeKey::load_or_create(file);
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(mode_of(file), 0600U);
  const auto again = OfficeKey::load_or_create(file);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_hex(), made->public_hex());
}

TEST(AnOfficeKey, is_named_by_the_digest_of_its_public_half) {
  const auto key = office_key();
  EXPECT_EQ(key.id(), hex(sha256_bytes(public_key_of(key))).substr(0, 16));
}

TEST(AnOfficeKey, that_others_may_read_is_refused) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "office.key";
  ASSERT_TRUE(OfficeKey::load_or_create(file));
  chmod(file.c_str(), 0640);
  EXPECT_EQ(OfficeKey::load(file).error().failure, Failure::config_invalid);
}

TEST(AnOfficeKey, that_is_broken_is_refused_and_never_replaced) {
  const TemporaryFolder folder;
  for (const auto* text : {"", "00", "not a key at all", "zz1234"}) {
    const auto file = folder.write("office.key", text);
    chmod(file.c_str(), 0600);
    EXPECT_EQ(OfficeKey::load_or_create(file).error().failure, Failure::config_invalid) << text;
  }
}

TEST(AnOfficeKey, that_is_missing_says_how_to_make_one) {
  const TemporaryFolder folder;
  const auto key = OfficeKey::load(folder.path() / "office.key");
  EXPECT_EQ(key.error().failure, Failure::config_unreadable);
  EXPECT_NE(key.error().detail.find("linli-gateway keys"), std::string::npos);
}

TEST(AnOfficeKey, opens_only_what_was_sealed_to_it) {
  const auto ours = office_key(1);
  const auto theirs = office_key(2);
  const EnvelopeMaker maker(public_key_of(ours), application_id(1));
  std::string sealed = maker.seal("hello");
  EXPECT_EQ(ours.open(sealed), "hello");
  EXPECT_EQ(theirs.open(sealed), std::nullopt);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(ours.open(changed), std::nullopt) << "byte " << i;
    EXPECT_EQ(ours.open(std::string_view(sealed).substr(0, i)), std::nullopt) << i << " bytes";
  }
}

TEST(AnOfficesKeys, are_one_for_each_suite_and_those_that_were_retired) {
  const TemporaryFolder folder;
  ASSERT_TRUE(OfficeKey::load_or_create(gateway::office_key_file(folder.path(), 1), 1));
  const auto sm2 = OfficeKey::load_or_create(gateway::office_key_file(folder.path(), 2), 2);
  ASSERT_TRUE(sm2) << sm2.error().detail;
  EXPECT_EQ(sm2->public_hex().size(), 130U);
  EXPECT_EQ(mode_of(folder.path() / "office.sm2.key"), 0600U);
  std::filesystem::create_directories(folder.path() / "retired");
  const auto old = OfficeKey::load_or_create(folder.path() / "retired" / "2025.key");
  ASSERT_TRUE(old);
  const auto keys = gateway::load_office_keys(folder.path(), {});
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 3U);
  EXPECT_NE(gateway::find_key(*keys, 1, old->id()), nullptr);
  EXPECT_NE(gateway::find_key(*keys, 2, sm2->id()), nullptr);
  EXPECT_EQ(gateway::find_key(*keys, 1, sm2->id()), nullptr);  // an id is one of its suite
}

TEST(AnOfficesKeys, are_announced_before_they_are_used) {
  const TemporaryFolder folder;
  ASSERT_TRUE(OfficeKey::load_or_create(gateway::office_key_file(folder.path(), 1), 1));
  for (const auto* kind : {"next", "retired"}) std::filesystem::create_directories(folder.path() / kind);
  const auto old = OfficeKey::load_or_create(folder.path() / "retired" / "2025.key");
  ASSERT_TRUE(old);
  const auto place = folder.path() / "next" / "2027.key";
  const auto next = OfficeKey::load_or_create(place);
  ASSERT_TRUE(next);
  EXPECT_EQ(gateway::load_office_keys(folder.path(), {}).error().failure, Failure::config_invalid) << "from when on?";
  const auto append = [&](const char* line) { std::ofstream(place, std::ios::app) << line; };
  append("not_before 2027-01-01T00:00:00Z\nnot_after 2029-01-01T00:00:00Z\n");
  const auto keys = gateway::load_office_keys(folder.path(), {});
  ASSERT_TRUE(keys) << keys.error().detail;
  EXPECT_EQ(keys->size(), 3U);
  const auto offered = json::parse(two_services().manifest(*keys, 4, "2027-12-31T00:00:00Z"))["seal_keys"];
  ASSERT_EQ(offered.size(), 2U) << "not the retired one";
  EXPECT_FALSE(offered[0].contains("not_before")) << "the current one comes first";
  EXPECT_EQ(offered[1], (json{{"kid", next->id()},
                              {"not_after", "2029-01-01T00:00:00Z"},
                              {"not_before", "2027-01-01T00:00:00Z"},
                              {"public", next->public_hex()},
                              {"suite", 1}}));
  append("not_before tomorrow\n");
  EXPECT_EQ(gateway::load_office_keys(folder.path(), {}).error().failure, Failure::config_invalid);
}

}  // namespace
