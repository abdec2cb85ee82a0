#include "gateway/digest.h"

#include <gtest/gtest.h>

#include "gateway/base64.h"
#include "gateway/timestamp.h"

namespace {

using gateway::digest_from_field;
using gateway::from_base64;
using gateway::is_timestamp;
using gateway::to_base64;

// FIPS 180-4, the empty message and "abc".
constexpr auto kEmpty = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
constexpr auto kAbc = "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:";

TEST(ADigest, is_written_as_rfc_9530_has_it) {
  EXPECT_EQ(gateway::to_field(gateway::sha256("")), kEmpty);
  EXPECT_EQ(gateway::to_field(gateway::sha256("abc")), kAbc);
  EXPECT_EQ(digest_from_field(kAbc), gateway::sha256("abc"));
}

TEST(ADigest, has_no_other_spelling) {
  for (const auto* text :
       {"", "sha-256=::", "sha-256=:", "sha-256=:ungW:", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        "SHA-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:", "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=:",
        "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0:", "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1=:",
        "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:, sha-512=:aa==:"})
    EXPECT_FALSE(digest_from_field(text)) << text;
}

TEST(Base64, gives_back_every_byte_string) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    bytes.push_back(static_cast<char>(i * 7));
  }
}

TEST(Base64, has_one_spelling) {
  for (const auto* text : {"QQ", "QQ=", "QR==", "Q Q==", "QQ==\n", "QQ==QQ==", "Q", "QUI", "====", "QUJD=", "_-__"})
    EXPECT_FALSE(from_base64(text)) << text;
}

TEST(ATimestamp, is_utc_in_whole_seconds) {
  const auto time =
      std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::seconds{6062} + std::chrono::milliseconds{999};
  EXPECT_EQ(gateway::to_timestamp(time), "2026-11-23T01:41:02Z");
  EXPECT_EQ(gateway::to_timestamp(base::WallTime{} - std::chrono::milliseconds{1}), "1969-12-31T23:59:59Z");
}

TEST(ATimestamp, names_a_time_that_exists) {
  EXPECT_TRUE(is_timestamp("2024-02-29T23:59:59Z"));
  for (const auto* text : {"", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-01T24:00:00Z",
                           "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+08:00", "2026-01-01t00:00:00z",
                           "2026-01-01 00:00:00Z", "2026-1-01T00:00:00Z", "2026-01-01T00:00:00.0Z"})
    EXPECT_FALSE(is_timestamp(text)) << text;
}

}  // namespace
