// What a card says about a person, as it travels: behind the status bytes of a read answer stand the lengths of text,
// photo (and fingerprint), then these. The text is 256 bytes of UTF-16 in one of four layouts (GA/T 490 and the permits'
// additions); the letter at byte 248 says which. Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "hal/id_card/sdt_command.h"
#include "hal/person.h"

namespace hal {

inline constexpr std::size_t kTextBlockBytes = 256;
inline constexpr std::size_t kPhotoBytes = 1024;
inline constexpr std::size_t kFingerprintBytes = 512;  // of one finger

using TextBlock = std::array<std::uint8_t, kTextBlockBytes>;
using TextBlockView = std::span<const std::uint8_t, kTextBlockBytes>;

// The text inside the data of an answer to read_text or read_with_fingerprint; nothing is copied. card_data_bad unless
// the lengths are possible ones and add up to exactly the data.
base::Result<TextBlockView> text_of_answer(SdtCommand command, std::span<const std::uint8_t> data);

// The photo inside the same data; empty where the reader leaves it out, or when text_of_answer() fails.
std::span<const std::uint8_t> photo_of_answer(SdtCommand command, std::span<const std::uint8_t> data);

// The whole person, checks included, or none of it: card_type_unsupported for an unknown letter, card_data_bad for text
// that is not text. A wrong check digit, an impossible birthday or an expired card are results, not errors.
base::Result<Person> decode_person(TextBlockView text, std::chrono::year_month_day today);

// The other way round, for simulated cards. Fails when a value does not fit into its field. `checks` is not looked at.
base::Result<TextBlock> encode_person(const Person& person);
// Data of a read answer: lengths, text, photo, fingerprint (the latter only for read_with_fingerprint).
std::vector<std::uint8_t> encode_read_data(SdtCommand command, TextBlockView text, std::span<const std::uint8_t> photo,
                                           std::span<const std::uint8_t> fingerprint);

}  // namespace hal
