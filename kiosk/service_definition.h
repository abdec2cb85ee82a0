// A service the hall offers, read from one JSON file in assets/services/. docs/adding-a-service.md explains the format;
// nothing in the program names a service.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kiosk/question.h"
#include "kiosk/service_category.h"

namespace kiosk {

class Translations;

enum class Eligibility : std::uint8_t { ok, maybe, not_yet, no };

// Applies when the facts do NOT fit `unless`. Facts: age_months, birth_ok, number_ok, card_expired, document (see
// eligibility.h); one that is not known is absent.
struct EligibilityRule {
  JsonSchema unless;
  Eligibility outcome = Eligibility::no;
  LocalText say;
};

struct ReceiptRow {
  LocalText label;
  std::string value;  // "answer.phone", "service.title", "promise"
};

// A service that is a queue number: which letter, and where it is called.
struct TicketWindow {
  char series = 'A';  // A to Z
  LocalText window;   // "Window 3"; printed
};

struct ServiceDefinition {
  std::string id;  // [a-z0-9-], also the file's name
  int version = 1;
  LocalText title;
  LocalText summary;      // a few words below the title
  std::string pictogram;  // Material Design Icons name known to ui/kit/pictogram.h
  Category category = Category::other;
  bool needs_card = true;
  std::vector<std::string> applicant;  // the card's fields this service takes, names of card_fields()
  std::vector<EligibilityRule> eligibility;
  std::vector<Question> questions;
  std::vector<ReceiptRow> receipt;
  std::optional<TicketWindow> ticket;  // "kind": "ticket": no questions, no card; ends with a number instead of a receipt
  int promise_days = 0;                // working days until an answer; 0 = not promised

  const Question* question(std::string_view id) const;
};

inline constexpr std::size_t kLargestService = 256 * 1024;  // bytes
inline constexpr std::size_t kMostServices = 100;
inline constexpr std::size_t kMostQuestions = 30;
inline constexpr std::size_t kMostOptions = 24;  // a page shows six of them (facts: accessibility A46)

// What a service may take from the card: name latin_name sex ethnic_code nationality birth address id_number
// pass_number authority valid_from valid_until photo. As on the card, sex as its digit.
// `photo`: the bytes of the card's photo, 1024 of them in the format WLT, as hexadecimal digits; never shown.
std::span<const std::string_view> card_fields();
inline constexpr std::string_view kPhotoField = "photo";

// service_broken with "FILE: /questions/2/schema: reason", or "FILE: line 12, column 5: reason" when it is not JSON.
base::Result<ServiceDefinition> load_service(const std::filesystem::path& file);

struct ServiceList {
  std::vector<ServiceDefinition> services;  // by file name
  std::vector<base::Error> broken;          // one for each file that was refused
};
// `translations`: what a file says in English is also taken in their languages, unless the file has it. Null: as the files say.
ServiceList load_services(const std::filesystem::path& folder, const Translations* translations = nullptr);

}  // namespace kiosk
