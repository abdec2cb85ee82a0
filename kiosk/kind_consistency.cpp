#include "kiosk/kind_consistency.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/card_fields.h"
#include "kiosk/day_range.h"
#include "kiosk/digit_consistency.h"
#include "kiosk/signature.h"
#include "offline_cache/submission.h"

namespace kiosk {
namespace {

using nlohmann::json;
using Pointer = json::json_pointer;

constexpr std::chrono::year_month_day kSomeDay{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};

class KindCheck {
 public:
  KindCheck(const Question& question, const Pointer& at, Complaint& complaint)
      : question_(question), at_(at), complaint_(complaint) {}

  void run() {
    switch (question_.kind) {
      case InputKind::choice:
        return;
      case InputKind::confirm:
        if (!question_.options.front().value.is_string()) complaint_.add(at_ / "options" / 0 / "value", "needs a text");
        return;
      case InputKind::choices:
        return choices();
      case InputKind::yes_no:
        if (!takes(true) || !takes(false))
          refuse("must accept true and false; a question with one way on is a choice with a \"stop\"");
        return;
      case InputKind::digits:
        return check_digits(question_, at_, complaint_);
      case InputKind::date:
        return days();
      case InputKind::slot:
        return slots();
      case InputKind::amount:
        return amount();
      case InputKind::phone:
        return texts({"13800138000", "01012345678"}, "a mobile number and a landline with its area code");
      case InputKind::id_number:
        return texts({"00000019410308009X", "000000198105060031"}, "18 digits, the last one perhaps an X");
      case InputKind::name:
      case InputKind::text:
        return words();
      case InputKind::address:
        return words();
      case InputKind::code:
        return texts({"A017"}, "a text");
      case InputKind::card:
        return card();
      case InputKind::signature:
        return texts({"M0 0l1 1", std::string(kLongestSignature, 'M')}, fmt::format("texts of {} bytes", kLongestSignature));
      case InputKind::photo:
        return photos();
    }
  }

 private:
  bool takes(const json& value) const { return question_.schema.accepts(value); }
  void refuse(std::string_view reason) { complaint_.add(at_ / "schema", reason); }

  void texts(const std::vector<std::string>& samples, std::string_view what) {
    const bool all = std::all_of(samples.begin(), samples.end(), [this](const auto& sample) { return takes(sample); });
    if (!all) refuse(fmt::format("must accept {}", what));
    if (takes(1234) || takes(true)) refuse("must accept texts only: give a type");
  }

  void choices() {
    auto every = json::array();
    for (const auto& option : question_.options) every.push_back(option.value);
    if (!takes(every) || !takes(json::array()))
      refuse("must accept a list of all options, and the empty list of \"none of these\"");
    if (takes("x") || takes(true)) refuse("must accept lists only: give a type");
  }

  void days() {
    const auto first = day_of(question_.days.first, kSomeDay);
    const auto last = day_of(question_.days.last, kSomeDay);
    if (last < first) complaint_.add(at_ / "days" / "last", "is before \"first\"");
    texts({day_text(first), day_text(last)}, "days such as \"2026-11-24\"");
  }

  void slots() {
    if (question_.slots.empty()) complaint_.add(at_ / "slots", "needs 1 to 24 of them");
    for (std::size_t i = 0; i < question_.slots.size(); ++i) {
      const auto& slot = question_.slots[i];
      if (!slot_begins(slot)) complaint_.add(at_ / "slots" / i, "needs a time such as \"11:00-11:30\"");
      if (std::count(question_.slots.begin(), question_.slots.end(), slot) > 1) complaint_.add(at_ / "slots" / i, "stands twice");
    }
    texts(question_.slots, "every one of the slots");
  }

  void amount() {
    const auto& [least, most] = question_.amount;
    if (most < least) complaint_.add(at_ / "amount" / "most", "is less than \"least\"");
    if (!takes(least) || !takes(most)) refuse("must accept \"least\" and \"most\"");
    if (takes("1") || takes(true)) refuse("must accept numbers only: give a type");
  }

  void words() {
    std::string longest;
    for (int i = 0; i < question_.most_characters; ++i) longest += "字";
    std::vector<std::string> samples{"王秀兰", longest};
    samples.front().resize(std::min<std::size_t>(samples.front().size(), longest.size()));
    texts(samples, "texts of up to \"most\" characters");
    for (std::size_t i = 0; i < question_.phrases.size(); ++i)
      for (const auto& [language, phrase] : question_.phrases[i].all())
        if (!takes(phrase)) complaint_.add(at_ / "phrases" / i / language, "does not fit the question's schema");
  }

  void photos() {
    if (!takes(1) || !takes(question_.photo.most)) refuse("must accept the number of photographs, 1 to \"most\"");
    if (takes("1") || takes(true)) refuse("must accept numbers only: give a type");
    if (!question_.same_as.empty()) complaint_.add(at_ / "same_as", "a photograph answers one question");
  }

  void card() {
    if (question_.take.empty()) complaint_.add(at_ / "take", "needs fields of the card, such as \"name\"");
    auto sample = json::object();
    for (std::size_t i = 0; i < question_.take.size(); ++i) {
      const auto& field = question_.take[i];
      if (std::find(card_fields().begin(), card_fields().end(), field) == card_fields().end())
        complaint_.add(at_ / "take" / i, "this is not a field of the card");
      sample[field] = "0";
    }
    if (!takes(sample)) refuse("must accept an object of the fields in \"take\"");
    if (takes("x")) refuse("must accept objects only: give a type");
  }

  const Question& question_;
  const Pointer& at_;
  Complaint& complaint_;
};

bool is_field(const std::vector<std::string>& applicant, std::string_view name) {
  return std::find(applicant.begin(), applicant.end(), name) != applicant.end();
}

}  // namespace

void check_kind(const Question& question, const Pointer& at, Complaint& complaint) { KindCheck(question, at, complaint).run(); }

void check_photos(const ServiceDefinition& service, Complaint& complaint) {
  int pages = 0;
  for (std::size_t i = 0; i < service.questions.size(); ++i) {
    const auto& question = service.questions[i];
    if (question.kind != InputKind::photo) continue;
    pages += question.photo.most;
    if (pages > static_cast<int>(offline_cache::kMostAttachments))
      complaint.add(
          Pointer("/questions") / i / "photo" / "most",
          fmt::format("makes {} photographs of one application; {} are possible", pages, offline_cache::kMostAttachments));
  }
}

void check_purposes(const ServiceDefinition& service, Complaint& complaint) {
  for (std::size_t i = 0; i < service.questions.size(); ++i) {
    const auto& question = service.questions[i];
    const auto at = Pointer("/questions") / i;
    const auto earlier = [&](const auto& fits) {
      return std::any_of(service.questions.begin(), service.questions.begin() + static_cast<std::ptrdiff_t>(i), fits);
    };
    if (!question.from.empty() && !is_field(service.applicant, card_reference(question.from)))
      complaint.add(at / "from", "needs \"card.\" and a field of \"applicant\"");
    if (!question.same_as.empty() &&
        !earlier([&](const Question& q) { return q.id == question.same_as && q.kind == question.kind; }))
      complaint.add(at / "same_as", "needs the id of an earlier question of this kind");
    if (!question.slot_day.empty() &&
        !earlier([&](const Question& q) { return q.id == question.slot_day && q.kind == InputKind::date; }))
      complaint.add(at / "day", "needs the id of an earlier question of the kind \"date\"");
    if (question.same_as.empty() && earlier([&](const Question& q) { return q.purpose == question.purpose; }))
      complaint.add(at / "purpose",
                    fmt::format("\"{}\" was asked already: say \"same_as\", or for what else it is", question.purpose));
    if (is_field(service.applicant, question.purpose) && question.from.empty() && question.prefill.empty())
      complaint.add(at / "purpose",
                    fmt::format("the card gives \"{}\": say \"from\" or \"prefill\", or for what else it is", question.purpose));
  }
}

}  // namespace kiosk
