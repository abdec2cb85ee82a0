#include "kiosk/mo_file.h"

#include <cstdint>

namespace kiosk {
namespace {

constexpr std::uint32_t kMagic = 0x950412DE;  // GNU gettext manual, "The Format of GNU MO Files"
constexpr std::size_t kHeader = 28;

class MoFile {
 public:
  explicit MoFile(std::string_view bytes) : bytes_(bytes) {}

  std::string_view fault() const {
    if (bytes_.size() < kHeader || word(0) != kMagic) return "is not a compiled catalogue of this machine's byte order";
    if (word(4) != 0) return "has an unknown revision";
    const std::size_t count = word(8);
    if (count == 0 || count > bytes_.size() / 16) return "has an impossible number of entries";
    if (!fits(word(12), count * 8) || !fits(word(16), count * 8)) return "is cut off";
    for (std::size_t i = 0; i < count; ++i)
      if (!text_fits(word(12) + 8 * i) || !text_fits(word(16) + 8 * i)) return "is cut off";
    if (bytes_.find("charset=UTF-8") == bytes_.npos) return "does not say that it is UTF-8";
    return hash_fault(count);
  }

 private:
  std::uint32_t word(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes_[at + i]);
    return value;
  }
  bool fits(std::size_t at, std::size_t size) const { return at <= bytes_.size() && size <= bytes_.size() - at; }
  bool text_fits(std::size_t entry) const {
    const std::size_t size = word(entry);
    const std::size_t at = word(entry + 4);
    return fits(at, size + 1) && bytes_[at + size] == '\0';
  }
  std::string_view hash_fault(std::size_t count) const {
    const std::size_t size = word(20);
    if (size == 0) return {};
    if (size < 3 || !fits(word(24), size * 4)) return "has a broken hash table";
    for (std::size_t i = 0; i < size; ++i)
      if (word(word(24) + 4 * i) > count) return "has a broken hash table";
    return {};
  }

  std::string_view bytes_;
};

}  // namespace

base::Status check_mo_file(std::string_view bytes) {
  const auto fault = MoFile(bytes).fault();
  if (fault.empty()) return {};
  return {base::Failure::text_catalogue_broken, std::string(fault)};
}

}  // namespace kiosk
