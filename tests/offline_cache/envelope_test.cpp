// Every suite seals with the kiosk's code and is opened with the office's, which knows the published contract alone.
#include "offline_cache/sealing/envelope.h"

#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hex.h"
#include "gateway/envelope.h"
#include "gateway/opening.h"
#include "offline_cache/sealing/suite.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace offline_cache;
using base::Failure;

struct Office {
  gateway::OfficeKeys keys;

  explicit Office(int suite) { keys.emplace_back(suite, gateway::make_secret_key(suite)); }
  OfficeKey key() const { return *OfficeKey::parse(keys.front().public_hex(), keys.front().suite()); }

  // The plaintext; empty when the seal does not open.
  std::string open(const std::string& envelope) const {
    const std::string text = nlohmann::json::parse(envelope)["sealed"];
    std::string sealed(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(sealed.data()), sealed.size(), text.data(), text.size(), nullptr,
                          &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
      return {};
    return keys.front().open(std::string_view(sealed).substr(0, size)).value_or("");
  }
};

Submission submission(std::string_view application = R"({"answers":{"bank":"农商"},"language":"zh"})") {
  return {*base::Uuid::parse("0190f3c2-0000-7000-8000-000000000001"), base::Secret(application)};
}
Origin origin() { return {"HP-03", test_support::FakeClock().wall(), false}; }

class ASealedEnvelope : public testing::TestWithParam<int> {
 protected:
  ASealedEnvelope() : office(GetParam()) { EXPECT_GE(sodium_init(), 0); }

  base::Result<Envelope> sealed(const Submission& what = submission(), const Origin& from = origin()) {
    return seal(what, from, office.key(), device, random);
  }
  // With the machine's key on the office's list.
  std::string verdict(const std::string& envelope) {
    EXPECT_TRUE(base::write_file(folder / "HP-03.pub", device.public_line() + "\n"));
    const auto opened = gateway::open_envelope(envelope, office.keys, gateway::DeviceList(folder.path()));
    return opened ? "opened" : std::string(gateway::code_name(opened.error().code));
  }

  test_support::TemporaryFolder folder;
  Office office;
  base::SeededRandom random{1};
  DeviceKey device = *DeviceKey::load_or_create(folder / "device.key", GetParam());
};

TEST_P(ASealedEnvelope, and_its_attachments_name_each_other) {
  Submission what = submission();
  what.attachments.push_back({"bill", "image/jpeg", base::Secret("the first page")});
  what.attachments.push_back({"bill", "image/png", base::Secret(std::string(kLargestAttachment, 'x'))});
  const auto envelope = sealed(what);
  ASSERT_TRUE(envelope) << envelope.error().detail;
  ASSERT_EQ(envelope->parts.size(), 2U);
  EXPECT_EQ(verdict(envelope->bytes), "opened");  // writes the device's key
  const gateway::DeviceList devices(folder.path());
  const auto opened = gateway::open_envelope(envelope->bytes, office.keys, devices);
  ASSERT_EQ(opened->parts.size(), 2U);
  for (const std::size_t i : {0U, 1U}) {
    const auto part = gateway::open_part(envelope->parts[i].bytes, office.keys, devices);
    ASSERT_TRUE(part) << part.error().detail;
    EXPECT_EQ(part->application, what.id.text());
    EXPECT_EQ(part->ordinal, static_cast<int>(i) + 1);
    EXPECT_EQ(part->name, opened->parts[i]);
    EXPECT_EQ(part->attachment, what.attachments[i].bytes.reveal());
    EXPECT_EQ(envelope->parts[i].digest, sha256(envelope->parts[i].bytes));
    EXPECT_LE(envelope->parts[i].bytes.size(), gateway::kLargestPart);
    EXPECT_EQ(envelope->parts[i].bytes.find("the first page"), std::string::npos);
    // Any byte that is changed is noticed.
    for (const std::size_t at : {20U, 60U, 200U, 300U, 400U, 460U}) {
      std::string changed = envelope->parts[i].bytes;
      changed.at(at) ^= 1;
      EXPECT_FALSE(gateway::open_part(changed, office.keys, devices)) << at;
    }
  }
}

TEST_P(ASealedEnvelope, takes_no_attachment_beyond_its_limits) {
  const auto with = [&](std::size_t count, const std::string& field, const std::string& media, std::size_t size) {
    Submission what = submission();
    for (std::size_t i = 0; i < count; ++i) what.attachments.push_back({field, media, base::Secret(std::string(size, 'x'))});
    return sealed(what).ok();
  };
  EXPECT_TRUE(with(kMostAttachments, "bill", "image/jpeg", 10));
  EXPECT_FALSE(with(kMostAttachments + 1, "bill", "image/jpeg", 10));
  EXPECT_FALSE(with(1, "bill", "image/jpeg", kLargestAttachment + 1));
  EXPECT_FALSE(with(1, "bill", "image/jpeg", 0));
  EXPECT_FALSE(with(1, "", "image/jpeg", 10));
  EXPECT_FALSE(with(1, "bill\"", "image/jpeg", 10));
  EXPECT_FALSE(with(1, "bill", "image/jpeg;x", 10));
}

INSTANTIATE_TEST_SUITE_P(EverySuite, ASealedEnvelope, testing::Values(1, 2));

TEST_P(ASealedEnvelope, opens_only_with_the_office_key) {
  const auto envelope = sealed();
  ASSERT_TRUE(envelope);
  EXPECT_FALSE(office.open(envelope->bytes).empty());
  EXPECT_TRUE(Office(GetParam()).open(envelope->bytes).empty());
  EXPECT_EQ(verdict(envelope->bytes), "opened");
}

TEST_P(ASealedEnvelope, holds_the_agreed_bytes) {
  const auto envelope = sealed();
  ASSERT_TRUE(envelope);
  const std::string header = R"({"clock":"unverified","created":"2026-11-23T01:41:00Z","device":")" + device.id() +
                             R"(","id":"0190f3c2-0000-7000-8000-000000000001","kid":")" + office.key().id + R"(","suite":)" +
                             std::to_string(GetParam()) + R"(,"terminal":"HP-03","version":2})";
  EXPECT_TRUE(envelope->bytes.starts_with(R"({"header":)" + header + R"(,"sealed":")")) << envelope->bytes;
  const std::string plaintext = office.open(envelope->bytes);
  EXPECT_TRUE(
      plaintext.starts_with(R"({"application":{"answers":{"bank":"农商"},"language":"zh"},"header":)" + header + R"(,"salt":")"))
      << plaintext;
  // Canonical: parsing and dumping gives the same bytes.
  EXPECT_EQ(nlohmann::json::parse(plaintext).dump(), plaintext);
  EXPECT_EQ(nlohmann::json::parse(envelope->bytes).dump(), envelope->bytes);
  EXPECT_EQ(nlohmann::json::parse(plaintext)["salt"].get<std::string>().size(), 32U);
  EXPECT_EQ(envelope->plaintext_digest, sha256(plaintext));
  EXPECT_EQ(envelope->digest, sha256(envelope->bytes));
  EXPECT_EQ(office.key().id, office.keys.front().id());
}

TEST_P(ASealedEnvelope, is_salted_so_that_its_digest_confirms_no_guess) {
  const auto one = sealed();
  const auto two = sealed();
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->plaintext_digest, two->plaintext_digest);
}

TEST_P(ASealedEnvelope, shows_nothing_of_the_application) {
  const auto envelope = sealed(submission(R"({"applicant":{"id_number":"000000194103081240","name":"王秀兰"}})"));
  ASSERT_TRUE(envelope);
  for (const std::string sentinel : {"000000194103081240", "王秀兰", "applicant", "salt"})
    EXPECT_EQ(envelope->bytes.find(sentinel), std::string::npos);
}

TEST_P(ASealedEnvelope, does_not_open_after_any_change) {
  const auto envelope = sealed();
  ASSERT_TRUE(envelope);
  const std::size_t start = envelope->bytes.find(R"("sealed":")") + 10, end = envelope->bytes.find(R"(","signature")");
  for (std::size_t at = start; at + 6 < end; at += 7) {
    std::string changed = envelope->bytes;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_TRUE(office.open(changed).empty()) << at;
    EXPECT_EQ(verdict(changed), "signature-broken") << at;
  }
}

TEST_P(ASealedEnvelope, is_not_taken_from_another_machine) {
  const auto envelope = sealed();
  ASSERT_TRUE(envelope);
  const auto thief = DeviceKey::load_or_create(folder / "other.key", GetParam());
  ASSERT_TRUE(thief);
  const auto forged = seal(submission(), origin(), office.key(), *thief, random);
  ASSERT_TRUE(forged);
  EXPECT_EQ(verdict(forged->bytes), "unknown-device");
  std::string claimed = forged->bytes;  // in the name of the true one
  claimed.replace(claimed.find(thief->id()), 16, device.id());
  EXPECT_EQ(verdict(claimed), "signature-broken");
}

TEST_P(ASealedEnvelope, is_refused_for_what_is_not_a_reasonable_application) {
  for (const std::string& application :
       {std::string(), std::string("[]"), std::string("x"), "{" + std::string(kLongestApplication, ' ') + "}"})
    EXPECT_FALSE(sealed(submission(application)));
  Origin nameless = origin();
  nameless.terminal = "\xFF";
  EXPECT_FALSE(sealed(submission(), nameless));
  nameless.terminal = std::string(33, 'x');
  EXPECT_FALSE(sealed(submission(), nameless));
}

TEST_P(ASealedEnvelope, fits_the_contract_at_the_longest_application) {
  const auto envelope = sealed(submission("{\"a\":\"" + std::string(kLongestApplication - 8, 'x') + "\"}"));
  ASSERT_TRUE(envelope);
  EXPECT_LE(envelope->bytes.size(), kLongestEnvelope);
}

TEST_P(ASealedEnvelope, describes_itself) {
  const auto envelope = sealed();
  ASSERT_TRUE(envelope);
  const auto header = read_envelope_header(envelope->bytes);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->id, envelope->id);
  EXPECT_EQ(header->suite, GetParam());
  EXPECT_EQ(header->key_id, office.key().id);
  EXPECT_FALSE(read_envelope_header(envelope->bytes.substr(1)));
  EXPECT_FALSE(read_envelope_header(R"({"header":{"id":"0190f3c2-0000-7000-8000-000000000001"},"sealed":"x"})"));
}

// Fault 93: the office's key was changed while it waited.
TEST_P(ASealedEnvelope, opens_after_the_office_has_changed_its_key) {
  const auto envelope = sealed();
  ASSERT_TRUE(envelope);
  gateway::OfficeKeys later;
  later.emplace_back(GetParam(), gateway::make_secret_key(GetParam()));
  const auto devices = gateway::DeviceList::anyone();
  EXPECT_EQ(gateway::open_envelope(envelope->bytes, later, devices).error().code, gateway::ProblemCode::unknown_key);
  later.push_back(std::move(office.keys.front()));  // the retired one is still there
  const auto opened = gateway::open_envelope(envelope->bytes, later, devices);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->plaintext_digest, envelope->plaintext_digest);
}

TEST(AnOfficeKey, is_hex_to_which_something_can_be_sealed) {
  for (const int suite : {1, 2})
    for (const std::string& hex :
         {std::string(), std::string("00"), std::string(63, 'a'), std::string(64, 'g'), std::string(66, 'a'),
          std::string(64, '0'), "04" + std::string(128, '0'), "04" + std::string(128, 'f'), std::string(130, 'a')}) {
      const auto key = OfficeKey::parse(hex, suite);
      ASSERT_FALSE(key) << hex;
      EXPECT_EQ(key.error().failure, Failure::save_no_seal_key);
    }
  EXPECT_FALSE(OfficeKey::parse(std::string(64, 'a'), 3));
}

class AChoiceOfKeys : public testing::Test {
 protected:
  static base::WallTime day(int d) {
    return base::WallTime(std::chrono::sys_days(std::chrono::year(2027) / 1 / 1) + std::chrono::days(d));
  }
  static OfficeKey key(const char* id, std::optional<int> from, std::optional<int> until) {
    OfficeKey made{1, {}, id, {}, {}};
    if (from) made.not_before = day(*from);
    if (until) made.not_after = day(*until);
    return made;
  }
  static std::string chosen(const std::vector<OfficeKey>& keys, int today, bool synchronised = true) {
    const auto choice = choose_key(keys, day(today), synchronised);
    return choice.key == nullptr ? "none" : choice.key->id + (choice.overdue ? " overdue" : "");
  }
};

TEST_F(AChoiceOfKeys, takes_the_newest_that_is_valid) {
  const std::vector keys{key("current", {}, 40), key("next", 30, 90)};
  EXPECT_EQ(chosen(keys, 0), "current");
  EXPECT_EQ(chosen(keys, 29), "current");
  EXPECT_EQ(chosen(keys, 30), "next");
  EXPECT_EQ(chosen(keys, 89), "next");
}

TEST_F(AChoiceOfKeys, never_ends_in_nothing) {
  EXPECT_EQ(chosen({key("old", 0, 10), key("newer", 5, 20)}, 99), "newer overdue");
  EXPECT_EQ(chosen({key("future", 50, 60), key("old", 0, 10)}, 20), "old overdue");
  EXPECT_EQ(chosen({key("future", 50, 60)}, 20), "future overdue");
  EXPECT_EQ(chosen({}, 0), "none");
}

TEST_F(AChoiceOfKeys, does_not_believe_a_clock_nobody_vouches_for) {
  const std::vector keys{key("current", {}, 40), key("next", 30, 90)};
  EXPECT_EQ(chosen(keys, 99, false), "current");
  EXPECT_EQ(chosen(keys, -20'000, false), "current");
}

mode_t mode_of(const std::filesystem::path& file) {
  struct stat status {};
  stat(file.c_str(), &status);
  return status.st_mode & 0777U;
}

TEST(ADeviceKey, is_made_once_for_its_owner_alone) {
  const test_support::TemporaryFolder folder;
  for (const int suite : {1, 2}) {
    const auto file = DeviceKey::usual_place(folder / "data", suite);
    const auto made = DeviceKey::load_or_create(file, suite);
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(mode_of(file), 0600U);
    EXPECT_EQ(mode_of(folder / "data"), 0700U);
    EXPECT_EQ(DeviceKey::load_or_create(file, suite)->public_line(), made->public_line());
    EXPECT_FALSE(DeviceKey::load_or_create(file, 3 - suite));  // a key of the other suite
  }
}

TEST(ADeviceKey, that_is_broken_or_open_to_others_is_refused_and_never_replaced) {
  const test_support::TemporaryFolder folder;
  const auto file = folder / "device.key";
  for (const std::string& text : {std::string(), std::string("ed25519"), "ed25519 " + std::string(63, 'a'),
                                  "sm2 " + std::string(64, 'a'), "ed25519 " + std::string(64, 'g')}) {
    ASSERT_TRUE(base::write_file(file, text));
    chmod(file.c_str(), 0600);
    const auto key = DeviceKey::load_or_create(file, 1);
    ASSERT_FALSE(key) << text;
    EXPECT_EQ(key.error().failure, Failure::save_no_device_key);
    EXPECT_EQ(*base::read_file(file), text);
  }
  ASSERT_TRUE(base::write_file(file, "ed25519 " + std::string(64, 'a')));
  chmod(file.c_str(), 0600);
  EXPECT_TRUE(DeviceKey::load_or_create(file, 1));
  chmod(file.c_str(), 0640);
  EXPECT_FALSE(DeviceKey::load_or_create(file, 1));
}

TEST(ADeviceKey, comes_from_systemd_when_it_passes_one_on) {
  const test_support::TemporaryFolder folder;
  setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);
  EXPECT_EQ(DeviceKey::usual_place("/data", 1), "/data/device.ed25519.key");
  ASSERT_TRUE(base::write_file(folder / "device.key", "x"));
  EXPECT_EQ(DeviceKey::usual_place("/data", 1), folder / "device.key");
  unsetenv("CREDENTIALS_DIRECTORY");
}

}  // namespace
