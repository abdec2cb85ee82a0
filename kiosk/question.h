// One question of a service: what is asked, by which kind of page, and what fits as an answer. There is no kind for a
// password, a bank password or a code that was sent to a telephone, and none may be added.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "hal/code_scanner.h"
#include "kiosk/json_schema.h"
#include "kiosk/local_text.h"

namespace kiosk {

enum class InputKind : std::uint8_t {
  choice,     // one of `options`
  choices,    // any of `options`, or none of these; a list of their values
  yes_no,     // true or false
  confirm,    // the prefilled value is right, or `options[0]` is answered instead ("no, staff will ask me")
  digits,     // typed on large keys; a text of digits
  date,       // "2026-11-24"; a list of days when there are few, else year, month and day one after the other
  slot,       // one of `slots`: "11:00-11:30"
  amount,     // whole yuan; a number
  phone,      // a mobile number or a landline with its area code; digits
  id_number,  // a citizen's number with the right check digit (GB 11643)
  name,       // somebody's name; text
  text,       // a few words
  address,    // from the card, corrected in parts
  code,       // scanned; its text
  card,       // somebody else's card, laid on the reader; an object of `take`
  signature,  // with the finger; a path (signature.h)
  photo,      // of a document, page by page; how many, and the pictures go as attachments (photo.h)
};

// Whether `kind` is one of these.
template <class... Kinds>
constexpr bool is_any_of(InputKind kind, Kinds... kinds) {
  return ((kind == kinds) || ...);
}

struct AnswerOption {
  nlohmann::json value;
  LocalText label;
  LocalText hint;  // a second, smaller line; may be empty
  LocalText stop;  // why one cannot go on with it; such a value need not fit the schema. Usually empty
};

// How digits are shown while they are typed: 138 0013 8000 is {11, 11, {3, 4, 4}}.
struct DigitLayout {
  int fewest = 1;
  int most = 20;
  std::vector<int> groups;  // empty = no grouping
};

// A day as the definition gives it: a date, or so many days from today.
struct DayBound {
  std::optional<std::chrono::year_month_day> date;
  int days_from_today = 0;
};
struct DayRange {
  DayBound first, last;
  std::vector<std::chrono::weekday> closed;
};

struct AmountRange {  // yuan
  int least = 1;
  int most = 1;
};

struct PhotoLimits {
  int most = 1;                // pages
  std::size_t most_bytes = 0;  // of each, as JPEG
};

struct Question {
  std::string id;   // key in the answers
  LocalText title;  // the question itself
  LocalText lead;   // one plain sentence below it; may be empty
  LocalText label;  // short name for the check page and the receipt
  InputKind kind = InputKind::choice;
  std::vector<AnswerOption> options;
  DigitLayout digits;
  std::string prefill;                         // "card." and a name of card_fields(), of `confirm` and `address`; empty = none
  bool optional = false;                       // may be skipped; a skipped answer is absent
  std::optional<JsonSchema> when;              // asked only while the earlier answers fit; nothing = always
  JsonSchema schema = JsonSchema::anything();  // what the answer must fit
  DayRange days;                               // of `date`
  std::vector<std::string> slots;              // of `slot`, in order
  std::string slot_day;                        // the `date` question the slots belong to: those that are past today fall away
  AmountRange amount;
  int most_characters = 0;                 // of `name`, `text` and the first part of `address`
  std::vector<LocalText> phrases;          // what `name`, `text` and `address` offer to choose
  std::vector<std::string> take;           // of `card`: names of card_fields()
  PhotoLimits photo;                       // of `photo`
  std::optional<hal::PayloadKind> wanted;  // of `code`
  std::string from;                        // "card.birth": not asked when the card gives it. Empty = asked
  std::string same_as;  // an earlier question: not asked when that was answered, and has its answer. Empty = asked
  std::string purpose;  // what the value is for; two questions never ask for one purpose
};

}  // namespace kiosk
