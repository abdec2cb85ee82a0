#include "offline_cache/answer.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <map>

#include "offline_cache/strict_json.h"

namespace {

using namespace std::chrono_literals;
using namespace offline_cache;
using base::Failure;

const Expected kOurs{*base::Uuid::parse("0190f3c2-0000-7000-8000-000000000001"), sha256("the plaintext")};

std::string ack(std::string_view id, std::string_view digest, std::string_view number) {
  return fmt::format(R"({{"digest":"{}","id":"{}","number":"{}","received":"2026-11-23T01:41:02Z","state":"received"}})", digest,
                     id, number);
}
std::string good_ack() { return ack(kOurs.id.text(), wire_form(kOurs.plaintext_digest), "2026-000017"); }

Verdict judged(int http, std::string type, std::string body) {
  return classify({.curl = 0, .http = http, .content_type = std::move(type), .body = std::move(body)}, kOurs);
}
Verdict judged_problem(int http, std::string_view code) {
  return judged(http, "application/problem+json", fmt::format(R"({{"type":"urn:linli:problem:{}","status":{}}})", code, http));
}
Verdict judged_curl(int code) { return classify({.curl = code}, kOurs); }

Failure endpoint(const Verdict& verdict) {
  const auto* failed = std::get_if<EndpointFailed>(&verdict);
  return failed == nullptr ? Failure::asset_missing : failed->failure;
}

TEST(AnAnswer, that_echoes_id_and_digest_with_a_number_is_an_acknowledgement) {
  for (const int status : {200, 201}) {
    const auto verdict = judged(status, "application/json; charset=utf-8", good_ack());
    ASSERT_TRUE(std::holds_alternative<Acknowledged>(verdict));
    EXPECT_EQ(std::get<Acknowledged>(verdict).number, "2026-000017");
  }
}

TEST(AnAnswer, for_another_application_is_an_alarm) {
  EXPECT_EQ(endpoint(judged(201, "application/json",
                            ack("0190f3c2-0000-7000-8000-000000000002", wire_form(kOurs.plaintext_digest), "1"))),
            Failure::net_wrong_echo);
  EXPECT_EQ(endpoint(judged(201, "application/json", ack(kOurs.id.text(), wire_form(sha256("other")), "1"))),
            Failure::net_wrong_echo);
}

TEST(AnAnswer, without_a_usable_number_is_not_an_acknowledgement) {
  const std::string digest = wire_form(kOurs.plaintext_digest);
  for (const std::string& number : {std::string(), std::string(65, '1'), std::string("1\\n2"), std::string("\\u5e74")})
    EXPECT_EQ(endpoint(judged(200, "application/json", ack(kOurs.id.text(), digest, number))), Failure::net_not_the_platform)
        << number;
  EXPECT_EQ(endpoint(judged(200, "application/json",
                            fmt::format(R"({{"id":"{}","digest":"{}","number":17}})", kOurs.id.text(), digest))),
            Failure::net_not_the_platform);
}

TEST(AnAnswer, with_status_200_proves_nothing_by_itself) {
  EXPECT_EQ(endpoint(judged(200, "text/html", "<html>Please log in</html>")), Failure::net_not_the_platform);
  EXPECT_EQ(endpoint(judged(200, "text/html", good_ack())), Failure::net_not_the_platform);
  EXPECT_EQ(endpoint(judged(200, "application/json", "")), Failure::net_not_the_platform);
  EXPECT_EQ(endpoint(judged(204, "", "")), Failure::net_not_the_platform);
  EXPECT_EQ(endpoint(judged(200, "application/json", good_ack() + "x")), Failure::net_not_the_platform);
  for (std::size_t length = 0; length < good_ack().size(); ++length)
    ASSERT_EQ(endpoint(judged(201, "application/json", good_ack().substr(0, length))), Failure::net_not_the_platform) << length;
}

TEST(AnAnswer, with_a_key_twice_is_not_believed) {
  std::string twice = good_ack();
  twice.insert(1, R"("id":"0190f3c2-0000-7000-8000-000000000009",)");
  EXPECT_EQ(endpoint(judged(200, "application/json", twice)), Failure::net_not_the_platform);
}

TEST(AnAnswer, may_carry_members_of_later_versions) {
  std::string later = good_ack();
  later.insert(1, R"("events":[{"at":1,"what":{"a":[1,2.5,null,true]}}],"v":2,)");
  EXPECT_TRUE(std::holds_alternative<Acknowledged>(judged(200, "application/json", later)));
}

TEST(AnAnswer, that_redirects_is_not_the_platform) {
  for (const int status : {301, 302, 303, 307, 308, 304, 100, 511})
    EXPECT_EQ(endpoint(judged(status, "text/html", "")), Failure::net_not_the_platform) << status;
}

TEST(AnAnswer, about_everybody_never_condemns_a_record) {
  for (const int status : {401, 403}) EXPECT_EQ(endpoint(judged_problem(status, "x")), Failure::net_not_authorised);
  for (const int status : {404, 405, 410}) EXPECT_EQ(endpoint(judged_problem(status, "x")), Failure::net_service_retired);
  for (const int status : {408, 425, 429, 500, 502, 503, 504, 599})
    EXPECT_EQ(endpoint(judged_problem(status, "x")), Failure::net_platform_busy);
}

TEST(AnAnswer, with_a_problem_of_the_platform_about_this_record_needs_a_human) {
  for (const int status : {400, 409, 413, 415, 422}) {
    const auto verdict = judged_problem(status, "application-invalid");
    ASSERT_TRUE(std::holds_alternative<RecordRefused>(verdict)) << status;
    EXPECT_EQ(std::get<RecordRefused>(verdict).code, "application-invalid");
  }
}

TEST(AnAnswer, of_something_in_between_does_not_hold_a_record) {
  for (const int status : {400, 409, 413, 415, 422}) {
    EXPECT_EQ(endpoint(judged(status, "text/html", "<h1>Bad Request</h1>")), Failure::net_not_the_platform);
    EXPECT_EQ(endpoint(judged(status, "application/problem+json", R"({"type":"about:blank"})")), Failure::net_not_the_platform);
    EXPECT_EQ(endpoint(judged(status, "application/problem+json", R"({"type":"urn:linli:problem:A B"})")),
              Failure::net_not_the_platform);
  }
}

TEST(AnAnswer, that_says_in_progress_means_later) {
  EXPECT_TRUE(std::holds_alternative<NoAnswer>(judged_problem(409, "in-progress")));
}

TEST(AnAnswer, that_parts_are_missing_is_about_time_and_about_the_parts) {
  const auto verdict = judged_problem(409, "parts-missing");
  ASSERT_TRUE(std::holds_alternative<EndpointFailed>(verdict));
  EXPECT_EQ(endpoint(verdict), Failure::net_platform_busy);
  EXPECT_TRUE(std::get<EndpointFailed>(verdict).parts_missing);
  EXPECT_FALSE(std::get<EndpointFailed>(judged_problem(503, "busy")).parts_missing);
}

TEST(AnAnswer, about_a_part_is_never_one_about_the_application) {
  Expected part = kOurs;
  part.part = true;
  const auto answer = [](const std::string& body, const Expected& expected) {
    return classify({.curl = 0, .http = 201, .content_type = "application/json", .body = body}, expected);
  };
  const std::string receipt = fmt::format(R"({{"digest":"{}","id":"{}","received":"2026-11-23T01:41:02Z","state":"part"}})",
                                          wire_form(kOurs.plaintext_digest), kOurs.id.text());
  EXPECT_TRUE(std::holds_alternative<Acknowledged>(answer(receipt, part)));
  EXPECT_EQ(endpoint(answer(receipt, kOurs)), Failure::net_not_the_platform);
  EXPECT_EQ(endpoint(answer(good_ack(), part)), Failure::net_not_the_platform);
  part.plaintext_digest = sha256("another part");
  EXPECT_EQ(endpoint(answer(receipt, part)), Failure::net_wrong_echo);
}

TEST(AnAnswer, that_says_duplicate_counts_only_with_our_digest) {
  std::string body = good_ack();
  body.insert(1, R"("type":"urn:linli:problem:duplicate",)");
  EXPECT_TRUE(std::holds_alternative<Acknowledged>(judged(409, "application/problem+json", body)));
  EXPECT_EQ(endpoint(judged_problem(409, "duplicate")), Failure::net_wrong_echo);
}

TEST(AnAnswer, passes_on_how_long_to_wait) {
  const auto verdict = classify({.http = 429, .retry_after = 120s}, kOurs);
  EXPECT_EQ(std::get<EndpointFailed>(verdict).retry_after, 120s);
}

TEST(NoAnswerAtAll, means_the_same_bytes_again) {
  for (const int code : {CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_PARTIAL_FILE, CURLE_OPERATION_TIMEDOUT,
                         CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2_STREAM})
    EXPECT_TRUE(std::holds_alternative<NoAnswer>(judged_curl(code))) << code;
}

TEST(NoAnswerAtAll, with_a_bad_certificate_is_somebody_else) {
  for (const int code : {60, 90, 91, 35, 58, 77, 82, 83})
    EXPECT_EQ(endpoint(judged_curl(code)), Failure::net_certificate) << code;
  for (const int code : {1, 8}) EXPECT_EQ(endpoint(judged_curl(code)), Failure::net_not_the_platform) << code;
}

TEST(NoAnswerAtAll, but_a_tls_alert_is_a_refusal_of_our_certificate) {
  for (const int code : {55, 56}) {
    EXPECT_EQ(endpoint(classify({.curl = code, .tls_alert = true}, kOurs)), Failure::net_certificate);
    EXPECT_TRUE(std::holds_alternative<NoAnswer>(classify({.curl = code}, kOurs)));
  }
}

class ASignedAnswer : public testing::Test {
 protected:
  ASignedAnswer() {
    EXPECT_GE(sodium_init(), 0);
    for (auto* key : {&ours_, &next_, &theirs_}) crypto_sign_keypair(key->half.data(), key->secret.data());
  }
  struct Pair {
    AnswerKey half{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  };
  std::string signed_ack(const Pair& key, std::string number = "2026-000017") {
    const std::string id = kOurs.id.text(), digest = wire_form(kOurs.plaintext_digest);
    const std::string text = fmt::format("linli-receipt-v1\n{}\n{}\n{}\n2026-11-23T01:41:02Z\nreceived\n", id, digest, number);
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.secret.data());
    std::string body = ack(id, digest, number);
    return body.insert(1, R"("signature":")" + base64(signature) + "\",");
  }
  Verdict judged_signed(const std::string& body) {
    const std::array keys{ours_.half, next_.half};
    return classify({.http = 201, .content_type = "application/json", .body = body}, {kOurs.id, kOurs.plaintext_digest, keys});
  }
  Pair ours_, next_, theirs_;
};

TEST_F(ASignedAnswer, is_believed_from_each_key_of_the_platform) {
  EXPECT_TRUE(std::holds_alternative<Acknowledged>(judged_signed(signed_ack(ours_))));
  EXPECT_TRUE(std::holds_alternative<Acknowledged>(judged_signed(signed_ack(next_))));
}

TEST_F(ASignedAnswer, of_somebody_else_or_of_nobody_is_an_alarm) {
  EXPECT_EQ(endpoint(judged_signed(signed_ack(theirs_))), Failure::net_wrong_signature);
  EXPECT_EQ(endpoint(judged_signed(good_ack())), Failure::net_wrong_signature);
}

TEST_F(ASignedAnswer, holds_for_the_whole_receipt) {
  const std::string good = signed_ack(ours_);
  for (const auto& [what, with] : std::map<std::string, std::string>{{"2026-000017", "2026-000018"},
                                                                     {"01:41:02", "01:41:03"},
                                                                     {R"(:"received")", R"(:"approved")"},
                                                                     {"\"signature", "\"signet"}}) {
    std::string changed = good;
    changed.replace(changed.find(what), what.size(), with);
    EXPECT_EQ(endpoint(judged_signed(changed)), Failure::net_wrong_signature) << what;
  }
}

TEST_F(ASignedAnswer, is_needed_with_a_duplicate_too) {
  std::string body = good_ack();
  body.insert(1, R"("type":"urn:linli:problem:duplicate",)");
  const std::array<AnswerKey, 1> keys{ours_.half};
  EXPECT_EQ(endpoint(classify({.http = 409, .content_type = "application/problem+json", .body = body},
                              {kOurs.id, kOurs.plaintext_digest, keys})),
            Failure::net_wrong_signature);
}

TEST(NoAnswerAtAll, for_want_of_memory_says_nothing_about_the_platform) {
  for (const int code : {27, 23, 42}) EXPECT_TRUE(std::holds_alternative<LocalFault>(judged_curl(code))) << code;
  EXPECT_EQ(endpoint(classify({.curl = 23, .too_long = true}, kOurs)), Failure::net_not_the_platform);
}

TEST(AHealthCheck, believes_only_the_platforms_own_words) {
  const auto health = [](int http, std::string type, std::string body) {
    return classify_health({.http = http, .content_type = std::move(type), .body = std::move(body)});
  };
  EXPECT_TRUE(std::holds_alternative<Healthy>(health(200, "application/json", R"({"status":"ok"})")));
  EXPECT_TRUE(std::holds_alternative<EndpointFailed>(health(200, "text/html", R"({"status":"ok"})")));
  EXPECT_TRUE(std::holds_alternative<EndpointFailed>(health(200, "application/json", R"({"status":"no"})")));
  EXPECT_TRUE(std::holds_alternative<EndpointFailed>(health(503, "application/json", R"({"status":"ok"})")));
  EXPECT_TRUE(std::holds_alternative<NoAnswer>(classify_health({.curl = CURLE_COULDNT_CONNECT})));
}

TEST(StrictJson, refuses_what_could_be_read_in_two_ways_or_grow) {
  for (const std::string& text : {std::string(R"({"a":1,"a":2})"),
                                  std::string(R"({"b":{"a":1,"a":2}})"),
                                  std::string(R"({"b":[{"a":1,"a":2}]})"),
                                  std::string("{"),
                                  std::string("[]"),
                                  std::string("1"),
                                  std::string(R"("x")"),
                                  std::string(R"({"a":NaN})"),
                                  std::string(R"({"a":1e999})"),
                                  std::string("{\"a\":\"\xC3\x28\"}"),
                                  std::string("{\"a\":\"\xED\xA0\x80\"}"),
                                  std::string(R"({"a":"\ud800"})"),
                                  std::string(R"({"a":1} {})"),
                                  std::string(R"({'a':1})"),
                                  std::string(R"({"a":1,})"),
                                  std::string(R"({"a":01})"),
                                  std::string("{\"a\":\"\x01\"}"),
                                  std::string(10'000, '['),
                                  std::string(R"({"a":)") + std::string(10'000, '['),
                                  "{\"" + std::string(200, 'k') + "\":1}",
                                  std::string()})
    EXPECT_FALSE(read_strict_json(text, 64U * 1024U)) << text.substr(0, 40);
  EXPECT_FALSE(read_strict_json("{\"a\":\"" + std::string(100, 'x') + "\"}", 64));
}

TEST(StrictJson, keeps_scalars_of_two_levels) {
  const auto json = read_strict_json(R"({"a":"x","b":{"c":"y","d":-7,"e":{"f":"deep"}},"g":["no"]})", 1000);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->string("a"), "x");
  EXPECT_EQ(json->string("b/c"), "y");
  EXPECT_EQ(json->integers.at("b/d"), -7);
  EXPECT_EQ(json->strings.size(), 2U);
}

}  // namespace
