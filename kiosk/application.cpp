#include "kiosk/application.h"

#include <ostream>
#include <streambuf>

#include "kiosk/card_fields.h"
#include "kiosk/plain_json.h"

namespace kiosk {
namespace {

using base::Secret;
using nlohmann::json;

// Takes what is written straight into a Secret: a growing string would leave its outgrown blocks behind.
class SecretBuffer final : public std::streambuf {
 public:
  explicit SecretBuffer(Secret& secret) : secret_(secret) {}

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char byte = traits_type::to_char_type(c);
    secret_.append({&byte, 1});
    return c;
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    secret_.append({text, static_cast<std::size_t>(size)});
    return size;
  }

 private:
  Secret& secret_;
};

void add_photo(json& fields, const Secret& photo) {
  if (photo.empty()) return;
  constexpr std::string_view kDigits = "0123456789abcdef";
  Secret digits;
  for (const char c : photo.reveal()) {
    const auto byte = static_cast<unsigned char>(c);
    digits.append(kDigits.substr(byte >> 4U, 1));
    digits.append(kDigits.substr(byte & 15U, 1));
  }
  fields[std::string(kPhotoField)] = json_text(digits.reveal());
}

json applicant(const Session& session) {
  auto fields = json::object();
  for (const auto& name : session.service->applicant)
    if (name == kPhotoField)
      add_photo(fields, session.person->photo);
    else if (const auto value = card_field(*session.person, name); !value.empty())
      fields[name] = json_text(value);
  return fields;
}

json answers(const Session& session) {
  auto values = session.answers.as_object();
  for (const auto& question : session.service->questions)
    if (!question.same_as.empty() && !values.contains(question.id) && values.contains(question.same_as))
      values[question.id] = values[question.same_as];
  return values;
}

json left_to_staff(const Session& session) {
  auto ids = json::array();
  for (const auto& question : session.service->questions)
    if (session.left_to_staff.contains(question.id) && session.answers.find(question.id) == nullptr) ids.push_back(question.id);
  return ids;
}

json checks(const hal::PersonChecks& checks) {
  return {{"birth", checks.birth_is_a_date && checks.birth_fits_number},
          {"expired", checks.validity == hal::Validity::expired},
          {"number", checks.number_check_digit}};
}

}  // namespace

base::Result<Secret> canonical_application(const Session& session, const Language& language) {
  PlainJson application(json::object());
  auto& object = application.value;
  object["answers"] = answers(session);
  if (auto left = left_to_staff(session); !left.empty()) object["left_to_staff"] = std::move(left);
  if (session.person && !session.service->applicant.empty()) {
    object["applicant"] = applicant(session);
    object["checks"] = checks(session.person->checks);
  }
  object["language"] = language;
  object["service"] = {{"id", session.service->id}, {"version", session.service->version}};
  Secret text;
  try {
    SecretBuffer buffer(text);
    std::ostream out(&buffer);
    out.exceptions(std::ios::badbit);
    out << object;
  } catch (const std::exception&) { return {base::Failure::internal, "the application is not UTF-8"}; }
  if (text.size() > offline_cache::kLongestApplication) return {base::Failure::internal, "the application is too long"};
  return text;
}

base::Secret chain_of(const std::string& service, const hal::Person& person) {
  Secret text(service);
  text.append("\n");
  text.append(person.id_number.reveal());
  return text;
}

base::Secret chain_of(const Session& session) {
  return session.person ? chain_of(session.service->id, *session.person) : Secret();
}

}  // namespace kiosk
