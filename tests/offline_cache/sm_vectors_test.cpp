// The examples printed in the standards, so that "SM2, SM3 and SM4" means theirs.
#include <gtest/gtest.h>

#include "base/hex.h"
#include "gateway/sm_opening.h"
#include "offline_cache/sealing/sm.h"

namespace {

namespace sealing = offline_cache::sm;
namespace opening = gateway::sm;

std::string bytes(std::string_view hex) {
  const auto read = base::from_hex(hex);
  return read ? std::string(read->begin(), read->end()) : std::string();
}
std::string hex(std::string_view text) { return base::to_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}); }

// GB/T 32918.5-2017, annex A: the key pair of its examples on the recommended curve.
const std::string kSecret = bytes("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
const std::string kPublic = bytes(
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");

// Two DER integers in a sequence; both have their top bit set.
std::string signature(std::string_view r, std::string_view s) {
  return bytes("3046022100" + std::string(r) + "022100" + std::string(s));
}

TEST(Sm2, derives_the_public_point_of_the_standard) {
  EXPECT_EQ(sealing::public_point(base::Secret(kSecret)), kPublic);
  EXPECT_EQ(opening::public_point(kSecret), kPublic);
}

// A.2: "message digest", signed by identity "1234567812345678".
TEST(Sm2, accepts_the_signature_of_the_standard) {
  const std::string r = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
  const std::string s = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
  EXPECT_TRUE(opening::signature_holds("message digest", signature(r, s), kPublic));
  EXPECT_FALSE(opening::signature_holds("message digesu", signature(r, s), kPublic));
}

TEST(Sm2, signs_what_it_accepts) {
  const auto made = sealing::sm2_sign("message digest", base::Secret(kSecret));
  ASSERT_TRUE(made);
  EXPECT_TRUE(opening::signature_holds("message digest", *made, kPublic));
}

// A.3: "encryption standard"; C1 x, C1 y, C3, C2 in the DER of GM/T 0009-2012.
TEST(Sm2, opens_the_ciphertext_of_the_standard) {
  const std::string ciphertext = bytes(
      "307c"
      "022004ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
      "022100e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
      "042059983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
      "041321886ca989ca9c7d58087307ca93092d651efa");
  EXPECT_EQ(opening::sm2_decrypt(ciphertext, kSecret), "encryption standard");
}

TEST(Sm2, encrypts_what_it_opens) {
  const auto made = sealing::sm2_encrypt("encryption standard", kPublic);
  ASSERT_TRUE(made);
  EXPECT_EQ(opening::sm2_decrypt(*made, kSecret), "encryption standard");
  EXPECT_FALSE(sealing::sm2_encrypt("x", std::string(65, '\4')));  // no point of the curve
}

// GB/T 32907-2016, annex A.1: one block. In counter mode a plaintext of zeros shows the block of the counter.
TEST(Sm4, makes_the_block_of_the_standard) {
  const std::string block = bytes("0123456789abcdeffedcba9876543210");
  EXPECT_EQ(hex(sealing::sm4_ctr(std::string(16, '\0'), block, block).value_or("")), "681edf34d206965e86b3e94f536e4246");
}

// GB/T 32905-2016 gives SM3; GB/T 15852.2 the HMAC. The value is RFC 2104 over SM3 with a key and a text of our own, as an
// independent implementation (Python's hmac over OpenSSL's SM3) has it.
TEST(Sm3, makes_the_hmac_that_others_make) {
  EXPECT_EQ(hex(sealing::hmac_sm3("abc", "key").value_or("")),
            "28e63256e7c5a087b1f073265dc53092163f7b82729735d06f28f10af9d52393");
}

}  // namespace
