#include "hal/transport/hidraw/hid_report_kinds.h"

#include <optional>

namespace hal {
namespace {

constexpr std::uint8_t kLongItem = 0xFE;
constexpr unsigned kUsagePage = 0x04;  // tags with their type, sizes masked out
constexpr unsigned kReportId = 0x84;
constexpr unsigned kOutput = 0x90;
constexpr unsigned kCollection = 0xA0;
constexpr unsigned kFeature = 0xB0;

struct Item {
  unsigned tag = 0;
  std::uint32_t value = 0;
};

// Takes one item off the front; nothing at the end, or where the descriptor breaks off.
std::optional<Item> next_item(std::span<const std::uint8_t>& rest) {
  while (!rest.empty() && rest[0] == kLongItem) {
    const std::size_t size = rest.size() > 1 ? 3U + rest[1] : rest.size() + 1;
    if (size > rest.size()) return std::nullopt;
    rest = rest.subspan(size);
  }
  if (rest.empty()) return std::nullopt;
  const std::size_t size = (rest[0] & 3U) == 3 ? 4 : rest[0] & 3U;
  if (rest.size() < 1 + size) return std::nullopt;
  Item item{rest[0] & ~3U, 0};
  for (std::size_t i = 0; i < size; ++i) item.value |= std::uint32_t{rest[1 + i]} << (8 * i);
  rest = rest.subspan(1 + size);
  return item;
}

}  // namespace

std::uint16_t first_usage_page(std::span<const std::uint8_t> descriptor) {
  std::uint16_t page = 0;
  while (const auto item = next_item(descriptor)) {
    if (item->tag == kUsagePage) page = static_cast<std::uint16_t>(item->value);
    if (item->tag == kCollection) return page;
  }
  return 0;
}

bool is_feature_only(std::span<const std::uint8_t> descriptor, std::uint8_t id) {
  std::uint32_t current = 0;
  bool feature = false;
  while (const auto item = next_item(descriptor)) {
    if (item->tag == kReportId) current = item->value;
    if (current != id) continue;
    if (item->tag == kOutput) return false;
    if (item->tag == kFeature) feature = true;
  }
  return feature;
}

}  // namespace hal
