#include "gateway/development_certificates.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

#include "base/files.h"
#include "gateway/base64.h"
#include "gateway/digest.h"
#include "gateway/durable_file.h"

namespace gateway {
namespace {

namespace fs = std::filesystem;
using base::Failure;

template <auto Free>
struct Freeing {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freeing<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Freeing<BIO_free_all>>;

constexpr int kAuthorityDays = 3650, kOtherDays = 365;

struct Pair {
  Key key;
  Certificate certificate;
};

base::Error failed(std::string_view what) { return {Failure::internal, fmt::format("OpenSSL cannot make {}", what)}; }

std::string text_of(BIO* memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

base::Result<Pair> load(const fs::path& stem) {
  const auto certificate = base::read_file(stem.string() + ".pem");
  const auto key = base::read_file(stem.string() + ".key");
  if (!certificate || !key) return base::Error{Failure::config_unreadable, stem.string() + ".pem or .key cannot be read"};
  const Memory first(BIO_new_mem_buf(certificate->data(), static_cast<int>(certificate->size())));
  const Memory second(BIO_new_mem_buf(key->data(), static_cast<int>(key->size())));
  Pair pair{Key(PEM_read_bio_PrivateKey(second.get(), nullptr, nullptr, nullptr)),
            Certificate(PEM_read_bio_X509(first.get(), nullptr, nullptr, nullptr))};
  if (!pair.key || !pair.certificate) return base::Error{Failure::config_invalid, stem.string() + " is no certificate and key"};
  return pair;
}

base::Status save(const Pair& pair, const fs::path& stem) {
  const Memory certificate(BIO_new(BIO_s_mem())), key(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_X509(certificate.get(), pair.certificate.get()) != 1 ||
      PEM_write_bio_PrivateKey(key.get(), pair.key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return failed("PEM");
  if (auto written = create_private_file(stem.string() + ".key", text_of(key.get())); !written) return written;
  return create_private_file(stem.string() + ".pem", text_of(certificate.get()));
}

bool add(X509* certificate, X509* issuer, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool number_and_name(X509* certificate, const std::string& name) {
  std::array<unsigned char, 16> serial{};
  if (RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1) return false;
  serial[0] = static_cast<unsigned char>((serial[0] & 0x7FU) | 0x40U);  // positive, always 16 bytes
  const std::unique_ptr<BIGNUM, Freeing<BN_free>> number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr &&
         X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0) == 1;
}

enum class Role : std::uint8_t { authority, server, client };

bool describe(X509* certificate, X509* issuer, Role role, const std::string& name) {
  if (role == Role::authority)
    return add(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
           add(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign") &&
           add(certificate, issuer, NID_subject_key_identifier, "hash");
  std::array<unsigned char, sizeof(in6_addr)> address{};
  const bool numeric =
      inet_pton(AF_INET, name.c_str(), address.data()) == 1 || inet_pton(AF_INET6, name.c_str(), address.data()) == 1;
  return add(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
         add(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
         add(certificate, issuer, NID_ext_key_usage, role == Role::server ? "serverAuth" : "clientAuth") &&
         (role == Role::client || add(certificate, issuer, NID_subject_alt_name, (numeric ? "IP:" : "DNS:") + name));
}

// Signed by `authority`, or by itself.
base::Result<Pair> make(Role role, const std::string& name, const Pair* authority, base::WallTime now) {
  Pair pair{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
  X509* made = pair.certificate.get();
  if (!pair.key || made == nullptr) return failed("a key");
  std::time_t start = std::chrono::system_clock::to_time_t(now);
  X509* issuer = authority == nullptr ? made : authority->certificate.get();
  EVP_PKEY* signer = authority == nullptr ? pair.key.get() : authority->key.get();
  const bool done =
      X509_set_version(made, X509_VERSION_3) == 1 && number_and_name(made, name) &&
      X509_set_issuer_name(made, X509_get_subject_name(issuer)) == 1 &&
      X509_time_adj_ex(X509_getm_notBefore(made), -1, 0, &start) != nullptr &&
      X509_time_adj_ex(X509_getm_notAfter(made), role == Role::authority ? kAuthorityDays : kOtherDays, 0, &start) != nullptr &&
      X509_set_pubkey(made, pair.key.get()) == 1 && describe(made, issuer, role, name) &&
      X509_sign(made, signer, EVP_sha256()) > 0;
  if (!done) return failed("a certificate");
  return pair;
}

base::Status make_missing(const fs::path& stem, Role role, const std::string& name, const Pair* authority, base::WallTime now) {
  std::error_code error;
  if (fs::exists(stem.string() + ".pem", error)) return {};
  const auto pair = make(role, name, authority, now);
  return pair ? save(*pair, stem) : base::Status(pair.error());
}

}  // namespace

base::Status make_development_certificates(const fs::path& folder, const std::string& host, const std::string& terminal,
                                           const base::Clock& clock) {
  if (auto made = base::make_folder(folder); !made) return made;
  if (auto made = make_missing(folder / "ca", Role::authority, "Linli development CA", nullptr, clock.wall()); !made) return made;
  const auto authority = load(folder / "ca");
  if (!authority) return authority.error();
  if (auto made = make_missing(folder / "server", Role::server, host, &*authority, clock.wall()); !made) return made;
  return make_missing(folder / terminal, Role::client, terminal, &*authority, clock.wall());
}

base::Result<std::string> pin_of(const fs::path& certificate) {
  const auto pem = base::read_file(certificate);
  if (!pem) return base::Error{Failure::config_unreadable, pem.error().detail};
  const Memory memory(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
  const Certificate read(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
  if (!read) return base::Error{Failure::config_invalid, certificate.string() + " is no certificate"};
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(X509_get0_pubkey(read.get()), &der);
  if (size <= 0) return failed("a pin");
  const Digest digest = sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return "sha256//" + to_base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace gateway
