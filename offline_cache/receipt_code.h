// What the resident keeps: six random characters and a check character, written `7K4-29M-3`.
//
// Crockford's alphabet (no I, L, O, U: nothing that looks like something else). The check character is Luhn mod 32:
// it stays inside the alphabet, finds every single wrong character and all neighbouring swaps but one (0 with Z).
// Nothing of the resident, of the service or of the time is in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace offline_cache {

inline constexpr std::size_t kReceiptRandomCharacters = 6;  // 32^6 = 1.07e9 codes per machine
inline constexpr std::size_t kLongestTypedReceipt = 32;     // characters looked at when parsing

// A new code in the written form. Uniqueness is the outbox's business.
std::string make_receipt_code(base::Random& random);

// The written form of what somebody typed or read out: any case, with or without dashes and spaces, o for 0, i or l
// for 1. Nothing when it cannot be a code of ours.
std::optional<std::string> parse_receipt_code(std::string_view typed);

}  // namespace offline_cache
