// The little that a transport has to know of a HID report descriptor (HID 1.11 §6.2.2). Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hal {

inline constexpr std::size_t kLongestKernelDescriptor = 4096;  // bytes; the kernel's limit

inline constexpr std::uint16_t kBarcodeScannerPage = 0x8C;

// The usage page of the first collection; 0 when there is none.
std::uint16_t first_usage_page(std::span<const std::uint8_t> descriptor);

// Whether the report `id` can only be set as a feature, not sent as output.
bool is_feature_only(std::span<const std::uint8_t> descriptor, std::uint8_t id);

}  // namespace hal
