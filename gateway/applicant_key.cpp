#include "gateway/applicant_key.h"

#include <sodium.h>

#include <nlohmann/json.hpp>

#include "gateway/json_members.h"
#include "gateway/secret_file.h"

namespace gateway {

base::Result<ApplicantKey> ApplicantKey::load_or_create(const std::filesystem::path& file) {
  auto key = load_or_create_secret(file);
  if (!key) return key.error();
  return ApplicantKey(*std::move(key));
}

Digest ApplicantKey::digest(std::string_view id_number) const {
  base::Secret message("linli-applicant-v1\n");
  message.append(id_number);
  const std::string_view text = message.reveal();
  const std::string_view key = key_.reveal();
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return digest;
}

// An applicant whose card had no number could not be asked for it: that application is told to nobody.
std::optional<Digest> ApplicantKey::applicant_of(const nlohmann::json& application) const {
  const auto& applicant = member(application, "applicant");
  if (applicant.is_null()) return std::nullopt;
  return digest(text_member(applicant, "id_number"));
}

}  // namespace gateway
