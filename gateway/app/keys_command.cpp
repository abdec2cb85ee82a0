#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "gateway/answer_key.h"
#include "gateway/app/commands.h"
#include "gateway/development_certificates.h"
#include "gateway/office_key.h"

namespace gateway {
namespace {

base::Status print(const std::string& line) {
  if (std::puts(line.c_str()) >= 0 && std::fflush(stdout) == 0) return {};
  return base::Error{base::Failure::save_io_error, "standard output cannot be written"};
}

}  // namespace

std::filesystem::path store_file(const std::filesystem::path& data) { return data / "gateway.sqlite"; }

std::filesystem::path progress_file(const std::filesystem::path& data) { return data / "progress.sqlite"; }
std::filesystem::path answer_key_file(const std::filesystem::path& data) { return data / "answer.key"; }

base::Status print_keys(const KeysOptions& options) {
  if (auto made = base::make_folder(options.data); !made) return made;
  const auto file = options.office_key.empty() ? office_key_file(options.data, options.suite) : options.office_key;
  const auto key = OfficeKey::load_or_create(file, options.suite);
  if (!key) return key.error();
  if (!options.json) return print(key->public_hex());
  const auto answer_key = AnswerKey::load_or_create(answer_key_file(options.data));
  if (!answer_key) return answer_key.error();
  return print(nlohmann::json{{"office_key", key->public_hex()}, {"answer_key", answer_key->public_hex()}}.dump());
}

base::Status make_certificates(const CertificatesOptions& options) {
  const base::SystemClock clock;
  if (auto made = make_development_certificates(options.folder, options.host, options.terminal, clock); !made) return made;
  const auto pin = pin_of(options.folder / "server.pem");
  return pin ? print(*pin) : base::Status(pin.error());
}

}  // namespace gateway
