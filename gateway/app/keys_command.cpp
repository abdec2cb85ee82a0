#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/durable_file.h"
#include "gateway/office_key.h"

namespace gateway {

std::filesystem::path key_file(const std::filesystem::path& data, const std::filesystem::path& office_key) {
  return office_key.empty() ? data / "office.key" : office_key;
}

std::filesystem::path store_file(const std::filesystem::path& data) { return data / "gateway.sqlite"; }

base::Status print_keys(const std::filesystem::path& data, const std::filesystem::path& office_key) {
  if (auto made = create_private_folder(data); !made) return made;
  const auto key = OfficeKey::load_or_create(key_file(data, office_key));
  if (!key) return key.error();
  if (std::puts(key->public_hex().c_str()) < 0 || std::fflush(stdout) != 0)
    return base::Error{base::Failure::save_io_error, "standard output cannot be written"};
  return {};
}

}  // namespace gateway
