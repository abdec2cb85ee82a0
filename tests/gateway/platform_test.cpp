#include "gateway/platform.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/log.h"
#include "gateway/envelope.h"
#include "tests/gateway/office.h"

namespace {

using gateway::Request;
using gateway::Response;
using namespace gateway_test;

class ThePlatform : public testing::Test {
 protected:
  void SetUp() override { base::log::quiet(); }
  Request with(const char* name, const char* value) const {
    Request request = office.put(office.maker());
    std::erase_if(request.headers, [&](const auto& item) { return item.first == name; });
    if (value != nullptr) request.headers.emplace_back(name, value);
    return request;
  }
  std::string outcome(const Request& request) {
    const Response response = office.answer(request);
    return std::to_string(response.status) + " " + code(response);
  }
  Office office;
};

TEST_F(ThePlatform, receives_an_application_and_proves_that_it_opened_it) {
  const auto maker = office.maker();
  const Response response = office.answer(office.put(maker));
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(header(response, "Content-Type"), "application/json");
  const std::string digest = digest_field(maker.plaintext());
  const std::string signed_text =
      "linli-receipt-v1\n" + application_id(1) + "\n" + digest + "\n2026-000001\n2026-11-23T01:41:00Z\nreceived\n";
  EXPECT_EQ(body(response), (json{{"digest", digest},
                                  {"id", application_id(1)},
                                  {"number", "2026-000001"},
                                  {"received", "2026-11-23T01:41:00Z"},
                                  {"signature", base64(TerminalKey(9).sign(signed_text))},  // the platform's key has this seed
                                  {"state", "received"}}));
  EXPECT_EQ(office.told, (std::vector<Told>{{"2026-000001", false}}));
}

TEST_F(ThePlatform, gives_the_identical_answer_to_the_same_bytes) {
  const auto request = office.put(office.maker());
  const Response first = office.answer(request);
  office.clock.advance(std::chrono::hours{30});
  const Response again = office.answer(request);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(header(again, "ETag"), header(first, "ETag"));
  EXPECT_EQ(office.told, (std::vector<Told>{{"2026-000001", false}, {"2026-000001", true}}));
}

TEST_F(ThePlatform, refuses_other_bytes_under_the_same_id_and_keeps_the_first) {
  const auto maker = office.maker();
  const auto first = office.put(maker);
  office.answer(first);
  const auto resealed = office.put(maker);  // same application, another ephemeral key
  EXPECT_EQ(outcome(resealed), "409 different-body");
  EXPECT_EQ(office.answer(first).status, 200);
}

TEST_F(ThePlatform, still_answers_a_repeat_after_the_service_was_retired) {
  const auto request = office.put(office.maker());
  office.answer(request);
  office.catalogue = gateway::Catalogue({});
  EXPECT_EQ(office.answer(request).status, 200);
}

TEST_F(ThePlatform, tells_the_state_of_an_application) {
  const auto put = office.put(office.maker());
  const Response received = office.answer(put);
  Request get = office.get(put.path);
  const Response state = office.answer(get);
  EXPECT_EQ(state.status, 200);
  EXPECT_EQ(state.body, received.body);
  get.headers.emplace_back("if-none-match", header(state, "ETag"));
  EXPECT_EQ(office.answer(get).status, 304);
  EXPECT_EQ(office.answer(get).body, "");
  EXPECT_EQ(outcome(office.get("/v1/applications/" + application_id(9))), "404 not-found");
  EXPECT_EQ(outcome(office.get("/v1/applications/nonsense")), "400 malformed");
}

TEST_F(ThePlatform, publishes_the_catalogue_with_a_tag) {
  Request request = office.get("/v1/catalogue");
  const Response response = office.answer(request);
  EXPECT_EQ(response.status, 200);
  const auto manifest = json::parse(body(response)["manifest"].get<std::string>());
  EXPECT_EQ(manifest["version"], 7);
  EXPECT_EQ(body(response)["key"], office.answer_key.public_hex());
  for (const auto& tags : {header(response, "ETag"), "\"x\", W/" + header(response, "ETag"), std::string("*")}) {
    request.headers = {{"if-none-match", tags}};
    EXPECT_EQ(office.answer(request).status, 304) << tags;
  }
  request.headers = {{"if-none-match", "\"x\""}};
  EXPECT_EQ(office.answer(request).status, 200);
}

TEST_F(ThePlatform, is_healthy) { EXPECT_EQ(office.answer(office.get("/healthz")).body, R"({"status":"ok"})"); }

TEST_F(ThePlatform, knows_no_other_path) {
  for (const auto* path : {"", "/", "/v1", "/v1/applications", "/v1/applications/", "/healthz/", "//healthz", "/v1/catalogue/x",
                           "/V1/catalogue", "/v1/applications/a/b", "/../etc/passwd", "*"})
    EXPECT_EQ(outcome(office.get(path)), "404 not-found") << path;
}

TEST_F(ThePlatform, names_the_allowed_methods_when_refusing_another) {
  for (const auto* method : {"POST", "DELETE", "PATCH", "OPTIONS", "get", "BREW"}) {
    Request request = office.get("/v1/applications/" + application_id(1));
    request.method = method;
    EXPECT_EQ(outcome(request), "405 method-not-allowed") << method;
    EXPECT_EQ(header(office.answer(request), "Allow"), "PUT, GET, HEAD");
  }
  Request request = office.get("/v1/catalogue");
  request.method = "PUT";
  EXPECT_EQ(header(office.answer(request), "Allow"), "GET, HEAD");
}

TEST_F(ThePlatform, is_strict_about_the_fields_of_a_put) {
  EXPECT_EQ(outcome(with("content-length", nullptr)), "411 length-required");
  EXPECT_EQ(outcome(with("content-length", "5, 5")), "400 malformed");
  EXPECT_EQ(outcome(with("transfer-encoding", "chunked")), "400 malformed");
  EXPECT_EQ(outcome(with("content-type", nullptr)), "415 media-type");
  EXPECT_EQ(outcome(with("content-type", "text/html")), "415 media-type");
  EXPECT_EQ(outcome(with("content-encoding", "gzip")), "415 media-type");
  EXPECT_EQ(outcome(with("content-digest", nullptr)), "400 malformed");
  EXPECT_EQ(outcome(with("content-digest", "sha-256=:QQ==:")), "400 malformed");
  EXPECT_EQ(outcome(with("content-digest", digest_field("else").c_str())), "400 digest-mismatch");
  EXPECT_EQ(outcome(with("idempotency-key", "\"x\"")), "400 malformed");
  EXPECT_EQ(outcome(with("idempotency-key", application_id(1).c_str())), "400 malformed");
  EXPECT_EQ(office.told.size(), 0U);
  EXPECT_EQ(outcome(with("idempotency-key", ('"' + application_id(1) + '"').c_str())), "201 none");
}

TEST_F(ThePlatform, accepts_the_harmless_spellings_of_the_media_type) {
  EXPECT_EQ(outcome(with("content-type", "application/json; charset=UTF-8")), "201 none");
}

TEST_F(ThePlatform, refuses_a_body_that_is_too_large) {
  Request request = office.put(office.maker());
  request.body_too_large = true;
  EXPECT_EQ(outcome(request), "413 too-large");
}

TEST_F(ThePlatform, accepts_a_body_of_just_the_limit) {
  auto maker = office.maker();
  maker.application["answers"]["note"] = std::string(150'000, 'x');
  const std::size_t missing = gateway::kLargestEnvelope - maker.make().size();
  maker.application["answers"]["note"] = std::string(150'000 + missing / 4 * 3, 'x');
  std::string envelope = maker.make();
  envelope.insert(1, gateway::kLargestEnvelope - envelope.size(), ' ');
  EXPECT_EQ(outcome(office.put(maker, envelope)), "201 none");
}

TEST_F(ThePlatform, refuses_an_envelope_under_another_id) {
  Request request = office.put(office.maker(1));
  request.path = "/v1/applications/" + application_id(2);
  EXPECT_EQ(outcome(request), "400 malformed");
  EXPECT_EQ(field(office.answer(request)), "/header/id");
}

TEST_F(ThePlatform, passes_the_reason_of_a_refusal_on) {
  auto maker = office.maker();
  maker.application["service"]["id"] = "passport";
  EXPECT_EQ(outcome(office.put(maker)), "404 unknown-service");
  maker.application.erase("answers");
  const Response response = office.answer(office.put(maker));
  const json problem = body(response);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(header(response, "Content-Type"), "application/problem+json");
  EXPECT_EQ(problem["type"], "urn:linli:problem:application-invalid");
  EXPECT_EQ(problem["status"], 422);
  EXPECT_EQ(problem["field"], "/application/answers");
  EXPECT_EQ(problem["retryable"], false);
  EXPECT_EQ(problem["trace"].get<std::string>().size(), 16U);
}

TEST_F(ThePlatform, repeats_nothing_personal_in_a_refusal) {
  auto maker = office.maker();
  maker.application["applicant"]["王秀兰"] = 7;
  const Response response = office.answer(office.put(maker));
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.body.find("王秀兰"), std::string::npos);
}

TEST_F(ThePlatform, keeps_nothing_in_the_clear_on_the_disk) {
  ASSERT_EQ(office.answer(office.put(office.maker())).status, 201);
  for (const auto& entry : std::filesystem::directory_iterator(office.folder.path())) {
    const std::string bytes = *base::read_file(entry.path());
    EXPECT_EQ(bytes.find("王秀兰"), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("000000194102030021"), std::string::npos) << entry.path();
  }
}

}  // namespace
