// links: linli_gateway
// What a stranger can put into the body of a PUT. A first byte 'P' makes the rest the plaintext of a valid seal, so
// that what lies behind the seal is reached too, and 'A' that of a part; otherwise the input is the whole envelope, or part.
#include <sodium.h>

#include <cstdlib>
#include <string>

#include "base/hex.h"
#include "gateway/application_check.h"
#include "gateway/base64.h"
#include "gateway/envelope.h"

namespace {

// One of each suite.
const gateway::OfficeKeys& office_keys() {
  static const gateway::OfficeKeys keys = [] {
    gateway::OfficeKeys made;
    for (const int suite : {1, 2}) made.emplace_back(suite, std::string(32, '\1'));
    return made;
  }();
  return keys;
}

// The same header as in the corpus (gateway_corpus.py).
std::string sealed_bytes(std::string_view plaintext) {
  const auto public_key = *base::from_hex(office_keys().front().public_hex());
  std::string sealed(plaintext.size() + crypto_box_SEALBYTES, '\0');
  crypto_box_seal(reinterpret_cast<unsigned char*>(sealed.data()), reinterpret_cast<const unsigned char*>(plaintext.data()),
                  plaintext.size(), public_key.data());
  return sealed;
}

std::string seal(std::string_view plaintext) {
  const std::string sealed = sealed_bytes(plaintext);
  return R"({"header":{"clock":"synchronised","created":"2026-11-23T01:41:00Z","device":"fedcba9876543210","id":"019365a0-0000-7000-8000-000000000001","kid":")" +
         office_keys().front().id() + R"(","suite":1,"terminal":"HP-03","version":2},"sealed":")" + gateway::to_base64(sealed) +
         R"(","signature":"QUJD"})";
}

void open_as_part(std::string_view input, bool plaintext) {
  const std::string part =
      !plaintext
          ? std::string(input)
          : "linli-part 1\n{\"application\":\"019365a0-0000-7000-8000-000000000001\",\"device\":\"fedcba9876543210\",\"kid\":\"" +
                office_keys().front().id() + "\",\"part\":1,\"suite\":1,\"terminal\":\"HP-03\",\"version\":1}\nQUJD\n" +
                sealed_bytes(input);
  const auto opened = gateway::open_part(part, office_keys(), gateway::DeviceList::anyone());
  if (!opened) return;
  if (opened->name.digest != gateway::sha256(part) || opened->ordinal < 1 || opened->ordinal > gateway::kMostParts) std::abort();
  if (!gateway::is_application_id(opened->application) || opened->attachment.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.starts_with('A') || input.starts_with("linli-part")) {
    open_as_part(input.substr(input.starts_with('A') ? 1 : 0), input.starts_with('A'));
    return 0;
  }
  const bool plaintext = input.starts_with('P');
  if (plaintext) input.remove_prefix(1);
  const auto opened =
      gateway::open_envelope(plaintext ? seal(input) : std::string(input), office_keys(), gateway::DeviceList::anyone());
  if (!opened) return 0;
  if (plaintext && opened->plaintext_digest != gateway::sha256(input)) std::abort();
  if (!gateway::is_application_id(opened->id)) std::abort();
  const gateway::Catalogue catalogue({{"senior-allowance", 2, {}}});
  const auto service = gateway::check_application(opened->application, catalogue);
  if (service && (service->id != "senior-allowance" || service->version < 1 || service->version > 2)) std::abort();
  return 0;
}
