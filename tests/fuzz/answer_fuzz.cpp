// links: linli_offline_cache
// The platform's answers: whatever comes, only an exact echo is an acknowledgement.
// Input: status ('1' 201, '4' 422, '9' 409, else 500), media type ('j' JSON, 's' JSON that has to be signed, 'p' problem, else
// HTML), then the body.
#include <cstdint>
#include <cstdlib>

#include "offline_cache/answer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offline_cache;
  if (size < 2) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  RawAnswer answer;
  answer.http = input[0] == '1' ? 201 : input[0] == '4' ? 422 : input[0] == '9' ? 409 : 500;
  answer.content_type = input[1] == 'j' || input[1] == 's' ? "application/json"
                        : input[1] == 'p'                  ? "application/problem+json"
                                                           : "text/html";
  answer.body = input.substr(2);
  static const AnswerKey key = *parse_answer_key("8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c");
  Expected expected{*base::Uuid::parse("0190f3c2-0000-7000-8000-000000000001"), sha256("the plaintext")};
  if (input[1] == 's') expected.answer_keys = {&key, 1};
  const Verdict verdict = classify(answer, expected);
  (void)classify_health(answer);
  if (std::holds_alternative<Acknowledged>(verdict) && input[1] == 's') std::abort();  // nobody has the secret half
  if (std::holds_alternative<Acknowledged>(verdict) &&
      (answer.body.find(wire_form(expected.plaintext_digest).substr(0, 8)) == std::string::npos &&
       answer.body.find('\\') == std::string::npos))
    std::abort();  // acknowledged without our digest
  return 0;
}
