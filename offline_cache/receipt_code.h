// What the resident keeps: six random symbols and a check symbol, written `7K4-29M-6` (base/check_symbol.h).
// Nothing of the resident, of the service or of the time is in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace offline_cache {

inline constexpr std::size_t kReceiptRandomSymbols = 6;
inline constexpr std::uint32_t kReceiptNumbers = 1U << 30U;  // 32^6 codes per machine
inline constexpr std::size_t kLongestTypedReceipt = 32;      // characters looked at when parsing

// The six random symbols as a number: how the queue stores a code. Uniqueness is the queue's business.
std::uint32_t draw_receipt_number(base::Random& random);

// The written form. `number` < kReceiptNumbers.
std::string receipt_code(std::uint32_t number);

// What somebody typed or read out: any case, with or without dashes and spaces, o for 0, i or l for 1. Nothing when it
// cannot be a code of ours.
std::optional<std::uint32_t> parse_receipt_code(std::string_view typed);

}  // namespace offline_cache
