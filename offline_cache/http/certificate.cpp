#include "offline_cache/http/certificate.h"

#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>
#include <optional>

namespace offline_cache {

base::Result<std::chrono::sys_seconds> earliest_expiry(const std::filesystem::path& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(pem.c_str(), "r"), BIO_free);
  if (!file) return base::Error{base::Failure::net_certificate, fmt::format("{} cannot be read", pem.string())};
  std::optional<std::chrono::sys_seconds> earliest;
  for (;;) {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr),
                                                                  X509_free);
    std::tm time{};
    if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &time) != 1) break;
    const std::chrono::sys_seconds end{std::chrono::seconds{timegm(&time)}};
    earliest = std::min(earliest.value_or(end), end);
  }
  if (!earliest) return base::Error{base::Failure::net_certificate, fmt::format("{} holds no certificate", pem.string())};
  return *earliest;
}

}  // namespace offline_cache
