// Attachments at the office: before their application, each once, and the application only with all of them. What the
// contract says of each answer is held against the server by openapi_test.py.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/gateway/office.h"

namespace {

using namespace gateway_test;

std::string hash_of(const std::string& part) { return hex(sha256_bytes(part)); }

class AnOfficeWithParts : public testing::Test {
 protected:
  AnOfficeWithParts() {
    maker.application["answers"]["bill"] = 2;
    for (int ordinal : {1, 2}) {
      parts.push_back(part(ordinal));
      named.push_back(
          {{"bytes", parts.back().size()}, {"field", "bill"}, {"media_type", "image/jpeg"}, {"sha256", hash_of(parts.back())}});
    }
  }
  std::string part(int ordinal) const {
    const json header{{"application", maker.header["id"]},
                      {"device", maker.header["device"]},
                      {"kid", maker.header["kid"]},
                      {"part", ordinal},
                      {"suite", 1},
                      {"terminal", "HP-03"},
                      {"version", 1}};
    const json content{{"field", "bill"}, {"header", header}, {"media_type", "image/jpeg"}};
    const std::string sealed = maker.seal(content.dump() + "\npicture " + std::to_string(ordinal));
    const std::string signature = maker.terminal.sign("linli-part-v1\n" + header.dump() + "\n" + hash_of(sealed) + "\n");
    return "linli-part 1\n" + header.dump() + "\n" + base64(signature) + "\n" + sealed;
  }
  std::string envelope() const {
    const json content{{"application", maker.application}, {"header", maker.header}, {"parts", named}, {"salt", maker.salt}};
    return maker.wrap(maker.seal(content.dump()));
  }
  gateway::Response put_part(const std::string& bytes) {
    return office.answer({"PUT",
                          "/v1/applications/" + maker.header["id"].get<std::string>() + "/parts/" + hash_of(bytes),
                          {{"content-type", "application/octet-stream"},
                           {"content-length", std::to_string(bytes.size())},
                           {"content-digest", digest_field(bytes)}},
                          bytes});
  }
  gateway::Response put() { return office.answer(office.put(maker, envelope())); }

  Office office;
  EnvelopeMaker maker = office.maker();
  std::vector<std::string> parts;
  json named = json::array();
};

TEST_F(AnOfficeWithParts, receives_the_application_only_with_all_of_them) {
  EXPECT_EQ(code(put()), "parts-missing");
  EXPECT_TRUE(body(put()).value("retryable", false));
  EXPECT_EQ(put_part(parts[0]).status, 201);
  EXPECT_EQ(code(put()), "parts-missing");
  EXPECT_EQ(put_part(parts[1]).status, 201);
  EXPECT_EQ(put_part(parts[1]).status, 200);
  EXPECT_TRUE(office.told.empty());
  EXPECT_EQ(put().status, 201);
  ASSERT_EQ(office.told.size(), 1U);
}

TEST(APart, is_found_again_after_a_restart) {
  TemporaryFolder folder;
  const auto digest = gateway::sha256("the bytes");
  {
    auto store = *gateway::ApplicationStore::open(folder.path() / "store.sqlite");
    ASSERT_TRUE(store.add_part(application_id(1), 3, digest, "the bytes", test_support::FakeClock().wall()));
    EXPECT_FALSE(store.add_part(application_id(1), 3, digest, "the bytes", test_support::FakeClock().wall()));
  }
  auto store = *gateway::ApplicationStore::open(folder.path() / "store.sqlite");
  EXPECT_EQ(*store.part_bytes(application_id(1), digest), "the bytes");
  EXPECT_EQ((*store.find_part(application_id(1), digest))->ordinal, 3);
  EXPECT_FALSE(*store.find_part(application_id(2), digest));
}

TEST_F(AnOfficeWithParts, forgets_those_whose_application_never_comes_and_no_others) {
  const std::string received = application_id(5), never_came = application_id(6);
  const auto digest = gateway::sha256("the bytes");
  const auto add = [&](const std::string& id) {
    ASSERT_TRUE(office.store.add_part(id, 1, digest, "the bytes", office.clock.wall()));
  };
  add(received);
  add(never_came);
  ASSERT_TRUE(office.store.add({received, "HP-03", {"repair-report", 1}, {}, {}, "{}"}, office.clock.wall()));
  office.clock.advance(gateway::kKeptWithoutApplication - std::chrono::hours{1});
  EXPECT_EQ(put_part(parts[0]).status, 201);
  EXPECT_TRUE(*office.store.find_part(never_came, digest));
  office.clock.advance(std::chrono::hours{25});
  EXPECT_EQ(put_part(parts[1]).status, 201);
  EXPECT_FALSE(*office.store.find_part(never_came, digest));
  EXPECT_TRUE(*office.store.find_part(received, digest));
  EXPECT_EQ(put().status, 201) << "what is under way is not disturbed";
}

TEST_F(AnOfficeWithParts, refuses_an_application_that_names_them_otherwise) {
  put_part(parts[0]);
  put_part(parts[1]);
  const json right = named;
  std::swap(named[0], named[1]);
  EXPECT_EQ(code(put()), "application-invalid");
  named = right;
  named[0]["bytes"] = 7;
  EXPECT_EQ(code(put()), "application-invalid");
  named = right;
  named.erase(1);  // the answer says that there are two
  EXPECT_EQ(code(put()), "application-invalid");
  for (const json& wrong : {json(), json::array(), json("x"), json::array({1}), json::array({{{"field", "bill"}}})}) {
    named = wrong;
    EXPECT_EQ(code(put()), "application-invalid") << wrong;
  }
  named = right;
  named[0]["sha256"] = "XYZ";
  EXPECT_EQ(code(put()), "application-invalid");
  named = right;
  EXPECT_EQ(put().status, 201);
}

TEST_F(AnOfficeWithParts, takes_none_of_another_application) {
  const auto other = office.maker(2);
  const auto bytes = parts[0];
  auto answered = office.answer({"PUT",
                                 "/v1/applications/" + other.header["id"].get<std::string>() + "/parts/" + hash_of(bytes),
                                 {{"content-type", "application/octet-stream"},
                                  {"content-length", std::to_string(bytes.size())},
                                  {"content-digest", digest_field(bytes)}},
                                 bytes});
  EXPECT_EQ(code(answered), "malformed");
  EXPECT_EQ(field(answered), "/header/application");
}

TEST(AStoreOfVersionTwo, gets_room_for_parts) {
  TemporaryFolder folder;
  const auto file = folder.path() / "store.sqlite";
  (void)*gateway::ApplicationStore::open(file);
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, "DROP TABLE part; PRAGMA user_version=2", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  auto store = gateway::ApplicationStore::open(file);
  ASSERT_TRUE(store);
  EXPECT_EQ(*store->count_parts(application_id(1)), 0);
}

}  // namespace
