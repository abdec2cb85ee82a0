// The check symbol of codes that people read out and type: ISO 7064's hybrid recursion (the one of MOD 11,10 and MOD 37,36)
// over Crockford's 32 symbols, that is MOD 33,32. It stays inside the alphabet and finds every single wrong symbol and 99.8 %
// of neighbouring swaps.
#pragma once

#include <string_view>

namespace base {

// No I, L, O, U: nothing that looks like something else, and few words.
inline constexpr std::string_view kCrockfordSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// `body` consists of kCrockfordSymbols.
char check_symbol(std::string_view body);

}  // namespace base
