#include "hal/scanner/hid_report_descriptor.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace hal {
namespace {

using base::Failure;

constexpr std::size_t kDeepest = 16;           // pushed states, nested collections
constexpr std::size_t kMostLocalUsages = 256;  // of one item
constexpr std::uint8_t kLongItem = 0xFE;

enum class ItemType : std::uint8_t { main, global, local, reserved };
enum MainTag : std::uint8_t { kInput = 8, kOutput = 9, kCollection = 10, kFeature = 11, kEndCollection = 12 };
enum GlobalTag : std::uint8_t { kUsagePage = 0, kReportSize = 7, kReportId = 8, kReportCount = 9, kPush = 10, kPop = 11 };
enum LocalTag : std::uint8_t { kUsage = 0, kUsageMinimum = 1, kUsageMaximum = 2 };
constexpr std::uint32_t kConstant = 0x01;  // of a main item
constexpr std::uint32_t kApplication = 0x01;

struct Globals {
  std::uint16_t page = 0;
  std::uint32_t size = 0;
  std::uint32_t count = 0;
  std::uint8_t report = 0;
};

// A usage as it was written: of four bytes it brings its own page, shorter it takes the page of the main item.
struct LocalUsage {
  std::uint32_t value = 0;
  bool with_page = false;
};

class Parser {
 public:
  base::Result<HidReportDescriptor> parse(std::span<const std::uint8_t> bytes);

 private:
  using Fault = const char*;  // null: none

  Fault item(ItemType type, std::uint8_t tag, std::uint32_t value, std::size_t size);
  Fault main(std::uint8_t tag, std::uint32_t value);
  Fault global(std::uint8_t tag, std::uint32_t value);
  Fault local(std::uint8_t tag, std::uint32_t value, std::size_t size);
  Fault collection(std::uint32_t value);
  Fault fields(HidReportKind kind, bool constant);
  HidUsage usage_at(std::size_t index) const;

  HidReportDescriptor descriptor_;
  Globals now_;
  std::vector<Globals> pushed_;
  std::vector<LocalUsage> usages_;
  std::optional<LocalUsage> minimum_;
  std::optional<LocalUsage> maximum_;
  std::size_t depth_ = 0;
  HidUsage application_;
  std::map<std::pair<HidReportKind, std::uint8_t>, std::size_t> ends_;  // of each report, in bits
};

base::Result<HidReportDescriptor> Parser::parse(std::span<const std::uint8_t> bytes) {
  if (bytes.empty() || bytes.size() > kLongestReportDescriptor) return {Failure::scan_out_of_service, "no report descriptor"};
  while (!bytes.empty()) {
    const std::uint8_t prefix = bytes[0];
    const std::size_t size = prefix == kLongItem ? (bytes.size() > 1 ? 2U + bytes[1] : 2U) : (prefix & 3U) == 3 ? 4 : prefix & 3U;
    if (bytes.size() < 1 + size) return {Failure::scan_out_of_service, "the report descriptor ends inside an item"};
    std::uint32_t value = 0;
    if (prefix != kLongItem) {
      for (std::size_t i = size; i > 0; --i) value = value << 8U | bytes[i];
      const auto type = static_cast<ItemType>(prefix >> 2U & 3U);
      if (Fault fault = item(type, static_cast<std::uint8_t>(prefix >> 4U), value, size))
        return {Failure::scan_out_of_service, std::string("the report descriptor has ") + fault};
    }
    bytes = bytes.subspan(1 + size);
  }
  if (depth_ > 0) return {Failure::scan_out_of_service, "the report descriptor leaves a collection open"};
  return std::move(descriptor_);
}

Parser::Fault Parser::item(ItemType type, std::uint8_t tag, std::uint32_t value, std::size_t size) {
  switch (type) {
    case ItemType::main: {
      Fault fault = main(tag, value);
      usages_.clear();
      minimum_.reset();
      maximum_.reset();
      return fault;
    }
    case ItemType::global:
      return global(tag, value);
    case ItemType::local:
      return local(tag, value, size);
    case ItemType::reserved:
      break;
  }
  return nullptr;
}

Parser::Fault Parser::main(std::uint8_t tag, std::uint32_t value) {
  const bool constant = (value & kConstant) != 0;
  switch (tag) {
    case kInput:
      return fields(HidReportKind::input, constant);
    case kOutput:
      return fields(HidReportKind::output, constant);
    case kFeature:
      return fields(HidReportKind::feature, constant);
    case kCollection:
      return collection(value);
    case kEndCollection:
      if (depth_ == 0) return "an end without a collection";
      --depth_;
      return nullptr;
    default:
      return nullptr;
  }
}

Parser::Fault Parser::global(std::uint8_t tag, std::uint32_t value) {
  switch (tag) {
    case kUsagePage:
      now_.page = static_cast<std::uint16_t>(value);
      return nullptr;
    case kReportSize:
      if (value > kLongestHidReport) return "a field that is too wide";
      now_.size = value;
      return nullptr;
    case kReportCount:
      if (value > kLongestHidReport) return "too many values in a field";
      now_.count = value;
      return nullptr;
    case kReportId:
      if (value == 0 || value > 0xFF) return "a report id that is none";
      now_.report = static_cast<std::uint8_t>(value);
      descriptor_.numbered = true;
      return nullptr;
    case kPush:
      if (pushed_.size() >= kDeepest) return "too many pushes";
      pushed_.push_back(now_);
      return nullptr;
    case kPop:
      if (pushed_.empty()) return "a pop without a push";
      now_ = pushed_.back();
      pushed_.pop_back();
      return nullptr;
    default:
      return nullptr;
  }
}

Parser::Fault Parser::local(std::uint8_t tag, std::uint32_t value, std::size_t size) {
  const LocalUsage usage{value, size == 4};
  if (tag == kUsage) {
    if (usages_.size() >= kMostLocalUsages) return "too many usages";
    usages_.push_back(usage);
  } else if (tag == kUsageMinimum) {
    minimum_ = usage;
  } else if (tag == kUsageMaximum) {
    maximum_ = usage;
  }
  return nullptr;
}

Parser::Fault Parser::collection(std::uint32_t value) {
  if (depth_ >= kDeepest) return "collections too deep";
  if (depth_ == 0) {
    application_ = usage_at(0);
    if (value == kApplication) {
      if (descriptor_.applications.size() >= kMostHidFields) return "too many collections";
      descriptor_.applications.push_back(application_);
    }
  }
  ++depth_;
  return nullptr;
}

// Each usage has one value, the last one all that remain.
Parser::Fault Parser::fields(HidReportKind kind, bool constant) {
  std::size_t& end = ends_[{kind, now_.report}];
  const std::size_t bits = std::size_t{now_.size} * now_.count;
  if (bits > kLongestHidReport - end) return "a report that is too long";
  const std::size_t range =
      minimum_ && maximum_ && maximum_->value >= minimum_->value ? maximum_->value - minimum_->value + 1U : 0;
  const std::size_t usages = constant ? 1 : std::max<std::size_t>({1, usages_.size(), std::min(range, kMostLocalUsages)});
  for (std::size_t index = 0, left = now_.count; left > 0; ++index) {
    if (descriptor_.fields.size() >= kMostHidFields) return "too many fields";
    const std::size_t count = index + 1 < usages ? 1 : left;
    const HidUsage usage = constant ? HidUsage{} : usage_at(index);
    descriptor_.fields.push_back({kind, now_.report, usage, application_, end, now_.size, count});
    end += count * now_.size;
    left -= count;
  }
  return nullptr;
}

HidUsage Parser::usage_at(std::size_t index) const {
  LocalUsage usage;
  if (!usages_.empty()) {
    usage = usages_[std::min(index, usages_.size() - 1)];
  } else if (minimum_) {
    usage = *minimum_;
    usage.value += static_cast<std::uint32_t>(index);
  } else {
    return {};
  }
  const auto page = usage.with_page ? static_cast<std::uint16_t>(usage.value >> 16U) : now_.page;
  return {page, static_cast<std::uint16_t>(usage.value)};
}

}  // namespace

std::size_t HidReportDescriptor::bits_of(HidReportKind kind, std::uint8_t report) const {
  std::size_t end = 0;
  for (const HidField& field : fields)
    if (field.kind == kind && field.report == report) end = std::max(end, field.offset + field.count * field.width);
  return end;
}

base::Result<HidReportDescriptor> parse_hid_report_descriptor(std::span<const std::uint8_t> bytes) {
  return Parser().parse(bytes);
}

}  // namespace hal
