// links: linli_kiosk
// kiosk.toml. Whatever stands in it: read, or refused with one sentence that names the file.
#include <cstdlib>
#include <filesystem>

#include "base/files.h"
#include "kiosk/configuration.h"

namespace {

struct File {
  File() {
    std::string name = (std::filesystem::temp_directory_path() / "linli-fuzz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    folder = name;
  }
  ~File() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  std::filesystem::path path() const { return folder / "kiosk.toml"; }
  std::filesystem::path folder;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const File file;
  if (!base::write_file(file.path(), {reinterpret_cast<const char*>(data), size})) std::abort();
  const auto configuration = kiosk::load_configuration(file.path());
  if (!configuration) {
    if (configuration.error().detail.find("kiosk.toml") == std::string::npos) std::abort();
    return 0;
  }
  const auto& platform = configuration->platform;
  if (configuration->data.is_relative()) std::abort();
  if (configuration->platform_url.starts_with("https://") && platform.ca.empty()) std::abort();
  if (platform.certificate.empty() != platform.certificate_key.empty()) std::abort();
  for (const auto& key : platform.answer_keys)
    if (key.size() != 64) std::abort();
  return 0;
}
