// By what the platform recognises an applicant who asks, without keeping the ID number: a keyed digest of it (BLAKE2b). The
// numbers alone are few enough to be tried out, so the key lies in a file of its own, mode 0600, beside the office's keys.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "gateway/digest.h"

namespace gateway {

class ApplicantKey {
 public:
  explicit ApplicantKey(base::Secret key) : key_(std::move(key)) {}  // 32 bytes
  // Makes the file when it is missing; never replaces one. config_invalid when it is no key.
  static base::Result<ApplicantKey> load_or_create(const std::filesystem::path& file);

  Digest digest(std::string_view id_number) const;
  // Whom an opened application is of; nothing: it was made without a card.
  std::optional<Digest> applicant_of(const nlohmann::json& application) const;
  // Nobody can ask for what is of this one.
  Digest nobody() const { return digest({}); }

 private:
  base::Secret key_;
};

}  // namespace gateway
