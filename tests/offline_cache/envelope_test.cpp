#include "offline_cache/sealing/envelope.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "tests/support/fake_clock.h"

namespace {

using namespace offline_cache;
using base::Failure;

struct Office {
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> public_key{};
  std::array<unsigned char, crypto_box_SECRETKEYBYTES> secret_key{};

  Office() {
    EXPECT_TRUE(sodium_ready());
    crypto_box_keypair(public_key.data(), secret_key.data());
  }
  OfficeKey key() const { return *OfficeKey::parse(base::to_hex(public_key)); }

  // The plaintext; empty when the seal does not open.
  std::string open(const std::string& envelope) const {
    const std::string text = nlohmann::json::parse(envelope)["sealed"];
    std::string sealed(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(sealed.data()), sealed.size(), text.data(), text.size(), nullptr,
                          &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size < crypto_box_SEALBYTES)
      return {};
    std::string plaintext(size - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(reinterpret_cast<unsigned char*>(plaintext.data()),
                             reinterpret_cast<const unsigned char*>(sealed.data()), size, public_key.data(),
                             secret_key.data()) != 0)
      return {};
    return plaintext;
  }
};

Submission submission(std::string_view application = R"({"answers":{"bank":"农商"},"language":"zh"})") {
  return {*base::Uuid::parse("0190f3c2-0000-7000-8000-000000000001"), base::Secret(application)};
}
Origin origin() { return {"HP-03", test_support::FakeClock().wall(), false}; }

TEST(ASealedEnvelope, opens_only_with_the_office_key) {
  const Office office, other;
  base::SeededRandom random(1);
  const auto envelope = seal(submission(), origin(), office.key(), random);
  ASSERT_TRUE(envelope);
  EXPECT_FALSE(office.open(envelope->bytes).empty());
  EXPECT_TRUE(other.open(envelope->bytes).empty());
}

TEST(ASealedEnvelope, holds_the_agreed_bytes) {
  const Office office;
  base::SeededRandom random(1);
  const auto envelope = seal(submission(), origin(), office.key(), random);
  ASSERT_TRUE(envelope);
  const std::string header =
      R"({"clock":"unverified","created":"2026-11-23T01:41:00Z","id":"0190f3c2-0000-7000-8000-000000000001","kid":")" +
      office.key().id + R"(","suite":1,"terminal":"HP-03","version":1})";
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
  EXPECT_EQ(office.key().id, base::to_hex(sha256({reinterpret_cast<const char*>(office.public_key.data()), 32})).substr(0, 16));
}

TEST(ASealedEnvelope, is_salted_so_that_its_digest_confirms_no_guess) {
  const Office office;
  base::SystemRandom random;
  const auto one = seal(submission(), origin(), office.key(), random);
  const auto two = seal(submission(), origin(), office.key(), random);
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->plaintext_digest, two->plaintext_digest);
}

TEST(ASealedEnvelope, shows_nothing_of_the_application) {
  const Office office;
  base::SeededRandom random(1);
  const auto envelope =
      seal(submission(R"({"applicant":{"id_number":"000000194103081240","name":"王秀兰"}})"), origin(), office.key(), random);
  ASSERT_TRUE(envelope);
  for (const std::string sentinel : {"000000194103081240", "王秀兰", "applicant", "salt"})
    EXPECT_EQ(envelope->bytes.find(sentinel), std::string::npos);
}

TEST(ASealedEnvelope, does_not_open_after_any_change) {
  const Office office;
  base::SeededRandom random(1);
  const auto envelope = seal(submission(), origin(), office.key(), random);
  ASSERT_TRUE(envelope);
  const std::size_t start = envelope->bytes.find(R"("sealed":")") + 10;
  for (std::size_t at = start; at + 6 < envelope->bytes.size(); at += 7) {
    std::string changed = envelope->bytes;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_TRUE(office.open(changed).empty()) << at;
  }
}

TEST(ASealedEnvelope, is_refused_for_what_is_not_a_reasonable_application) {
  const Office office;
  base::SeededRandom random(1);
  for (const std::string& application :
       {std::string(), std::string("[]"), std::string("x"), "{" + std::string(kLongestApplication, ' ') + "}"})
    EXPECT_FALSE(seal(submission(application), origin(), office.key(), random));
  Origin nameless = origin();
  nameless.terminal = "\xFF";
  EXPECT_FALSE(seal(submission(), nameless, office.key(), random));
  nameless.terminal = std::string(33, 'x');
  EXPECT_FALSE(seal(submission(), nameless, office.key(), random));
}

TEST(ASealedEnvelope, fits_the_contract_at_the_longest_application) {
  const Office office;
  base::SeededRandom random(1);
  const auto envelope =
      seal(submission("{\"a\":\"" + std::string(kLongestApplication - 8, 'x') + "\"}"), origin(), office.key(), random);
  ASSERT_TRUE(envelope);
  EXPECT_LE(envelope->bytes.size(), kLongestEnvelope);
}

TEST(ASealedEnvelope, describes_itself) {
  const Office office;
  base::SeededRandom random(1);
  const auto envelope = seal(submission(), origin(), office.key(), random);
  ASSERT_TRUE(envelope);
  const auto header = read_envelope_header(envelope->bytes);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->id, envelope->id);
  EXPECT_EQ(header->key_id, office.key().id);
  EXPECT_FALSE(read_envelope_header(envelope->bytes.substr(1)));
  EXPECT_FALSE(read_envelope_header(R"({"header":{"id":"0190f3c2-0000-7000-8000-000000000001"},"sealed":"x"})"));
}

TEST(AnOfficeKey, is_sixty_four_hex_digits_to_which_something_can_be_sealed) {
  for (const std::string& hex : {std::string(), std::string("00"), std::string(63, 'a'), std::string(64, 'g'),
                                 std::string(66, 'a'), std::string(64, '0')}) {
    const auto key = OfficeKey::parse(hex);
    ASSERT_FALSE(key) << hex;
    EXPECT_EQ(key.error().failure, Failure::save_no_seal_key);
  }
}

}  // namespace
