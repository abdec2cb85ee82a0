// Makes envelopes from the published contract (docs/api/openapi.yaml) alone, without the kiosk's code: what a
// terminal of another make would send.
#pragma once

#include <fmt/format.h>
#include <sodium.h>

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gateway_test {

using nlohmann::json;

inline std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

inline std::string sha256_bytes(std::string_view bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  return digest;
}

inline std::string digest_field(std::string_view bytes) { return "sha-256=:" + base64(sha256_bytes(bytes)) + ":"; }

inline std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

// The n-th id of a test: a valid UUIDv7.
inline std::string application_id(unsigned n) { return fmt::format("019365a0-0000-7000-8000-{:012x}", n); }

// A fictional applicant of region 000000.
inline json sample_application() {
  return {{"answers", {{"payment", "card"}, {"phone", "13800000000"}}},
          {"applicant", {{"birth", "19410203"}, {"id_number", "000000194102030021"}, {"name", "王秀兰"}}},
          {"checks", {{"birth", true}, {"expired", false}, {"number", true}}},
          {"language", "zh"},
          {"service", {{"id", "senior-allowance"}, {"version", 1}}}};
}

// A terminal's Ed25519 key pair, known to every test.
struct TerminalKey {
  std::string public_key = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  explicit TerminalKey(char seed = 7) {
    const std::string bytes(crypto_sign_SEEDBYTES, seed);
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key.data()),
                             reinterpret_cast<unsigned char*>(secret_key.data()),
                             reinterpret_cast<const unsigned char*>(bytes.data()));
  }
  std::string id() const { return hex(sha256_bytes(public_key)).substr(0, 16); }
  std::string sign(std::string_view text) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                         reinterpret_cast<const unsigned char*>(secret_key.data()));
    return signature;
  }
};

struct EnvelopeMaker {
  std::string public_key;  // 32 bytes
  TerminalKey terminal;
  json header;
  json application = sample_application();
  json inner_header;  // null = the clear header
  std::string salt = "000102030405060708090a0b0c0d0e0f";

  EnvelopeMaker(std::string key, const std::string& id)
      : public_key(std::move(key)),
        header{{"clock", "synchronised"},
               {"created", "2026-11-23T01:41:00Z"},
               {"device", terminal.id()},
               {"id", id},
               {"kid", hex(sha256_bytes(public_key)).substr(0, 16)},
               {"suite", 1},
               {"terminal", "HP-03"},
               {"version", 2}} {}

  std::string plaintext() const {
    return json{{"application", application}, {"header", inner_header.is_null() ? header : inner_header}, {"salt", salt}}.dump();
  }
  std::string seal(std::string_view bytes) const {
    std::string sealed(bytes.size() + crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal(reinterpret_cast<unsigned char*>(sealed.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                        bytes.size(), reinterpret_cast<const unsigned char*>(public_key.data())) != 0)
      return {};
    return sealed;
  }
  std::string wrap(std::string_view sealed) const {
    const std::string text = base64(sealed);
    const std::string signature = terminal.sign("linli-envelope-v2\n" + header.dump() + "\n" + text + "\n");
    return json{{"header", header}, {"sealed", text}, {"signature", base64(signature)}}.dump();
  }
  std::string make() const { return wrap(seal(plaintext())); }
};

}  // namespace gateway_test
