#include "gateway/envelope.h"

#include <gtest/gtest.h>

#include "tests/gateway/office.h"

namespace {

using gateway::code_name;
using gateway::open_envelope;
using namespace gateway_test;

class AnEnvelope : public testing::Test {
 protected:
  // "code field" of the refusal, or "opened".
  std::string outcome(const std::string& envelope) const {
    const auto opened = open_envelope(envelope, keys, devices);
    if (opened) return "opened";
    return std::string(code_name(opened.error().code)) + " " + std::string(opened.error().field);
  }
  std::string with_header(const char* name, const json& value) const {
    EnvelopeMaker changed = maker;
    changed.header[name] = value;
    return outcome(changed.make());
  }
  std::string with_plaintext(const std::string& plaintext) const { return outcome(maker.wrap(maker.seal(plaintext))); }

  gateway::OfficeKeys keys = office_keys();
  gateway::DeviceList devices = gateway::DeviceList::anyone();
  EnvelopeMaker maker{public_key_of(keys.front()), application_id(1)};
};

TEST_F(AnEnvelope, opens_with_the_office_key) {
  const auto opened = open_envelope(maker.make(), keys, devices);
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->id, application_id(1));
  EXPECT_EQ(opened->terminal, "HP-03");
  EXPECT_EQ(opened->created, "2026-11-23T01:41:00Z");
  EXPECT_EQ(opened->application, sample_application());
  EXPECT_EQ(gateway::to_field(opened->plaintext_digest), digest_field(maker.plaintext()));
}

TEST_F(AnEnvelope, sealed_to_another_key_is_unknown_or_broken) {
  EXPECT_FALSE(open_envelope(maker.make(), office_keys(2), devices));
  EnvelopeMaker other(public_key_of(office_key(2)), application_id(1));
  EXPECT_EQ(outcome(other.make()), "unknown-key /header/kid");
  other.header["kid"] = keys.front().id();
  EXPECT_EQ(outcome(other.make()), "seal-broken /sealed");
}

TEST_F(AnEnvelope, whose_header_was_changed_on_the_way_is_refused) {
  EnvelopeMaker changed = maker;
  changed.inner_header = maker.header;
  for (const auto& [name, value] : std::map<std::string, json>{
           {"terminal", "HP-04"}, {"created", "2026-11-23T01:41:01Z"}, {"clock", "unverified"}, {"id", application_id(2)}}) {
    changed.header = maker.header;
    changed.header[name] = value;
    EXPECT_EQ(outcome(changed.make()), "header-mismatch /header") << name;
  }
}

TEST_F(AnEnvelope, whose_inner_header_only_looks_equal_is_refused) {
  maker.inner_header = maker.header;
  maker.inner_header["suite"] = 1.0;
  EXPECT_EQ(outcome(maker.make()), "header-mismatch /header");
}

TEST_F(AnEnvelope, has_every_header_field_checked) {
  EXPECT_EQ(with_header("version", 1), "malformed /header/version");
  EXPECT_EQ(with_header("version", 2.0), "malformed /header/version");
  EXPECT_EQ(with_header("version", "2"), "malformed /header/version");
  EXPECT_EQ(with_header("suite", 3), "malformed /header/suite");
  EXPECT_EQ(with_header("clock", "fine"), "malformed /header/clock");
  EXPECT_EQ(with_header("clock", 1), "malformed /header/clock");
  EXPECT_EQ(with_header("created", "2026-02-30T00:00:00Z"), "malformed /header/created");
  EXPECT_EQ(with_header("id", "019365A0-0000-7000-8000-000000000001"), "malformed /header/id");
  EXPECT_EQ(with_header("id", "019365a0-0000-4000-8000-000000000001"), "malformed /header/id");
  EXPECT_EQ(with_header("kid", "0123456789ABCDEF"), "malformed /header/kid");
  EXPECT_EQ(with_header("kid", "0123456789abcde"), "malformed /header/kid");
  EXPECT_EQ(with_header("device", "0123456789ABCDEF"), "malformed /header/device");
  EXPECT_EQ(with_header("suite", 2), "unknown-key /header/kid");
  EXPECT_EQ(with_header("terminal", ""), "malformed /header/terminal");
  EXPECT_EQ(with_header("terminal", "HP 03"), "malformed /header/terminal");
  EXPECT_EQ(with_header("terminal", std::string(33, 'A')), "malformed /header/terminal");
  EXPECT_EQ(with_header("terminal", "王秀兰"), "malformed /header/terminal");
  EXPECT_EQ(with_header("extra", 1), "malformed /header");
}

TEST_F(AnEnvelope, misses_no_header_field) {
  const json header = maker.header;
  for (const auto& item : header.items()) {
    EnvelopeMaker changed = maker;
    changed.header.erase(item.key());
    EXPECT_EQ(outcome(changed.make()), "malformed /header") << item.key();
  }
}

TEST_F(AnEnvelope, is_an_object_of_three_members) {
  for (const auto* text :
       {"", "null", "[]", "{}", R"({"header":{}})", R"({"header":[],"sealed":"QQ==","signature":"QQ=="})", "<html>"})
    EXPECT_TRUE(outcome(text).starts_with("malformed")) << text;
  auto extra = json::parse(maker.make());
  extra["more"] = 1;
  EXPECT_EQ(outcome(extra.dump()), "malformed ");
}

TEST_F(AnEnvelope, has_its_sealed_bytes_in_strict_base64) {
  for (const auto* text : {"", "QQ", "Q Q==", "QR==", "_-__", "王"})
    EXPECT_EQ(outcome(json{{"header", maker.header}, {"sealed", text}, {"signature", "QQ=="}}.dump()), "malformed /sealed")
        << text;
  EXPECT_EQ(outcome(json{{"header", maker.header}, {"sealed", 1}, {"signature", "QQ=="}}.dump()), "malformed /sealed");
  EXPECT_EQ(outcome(json{{"header", maker.header}, {"sealed", "QUJD"}, {"signature", "QQ=="}}.dump()), "seal-broken /sealed");
}

TEST_F(AnEnvelope, whose_content_is_not_the_contract_is_refused) {
  const json header = maker.header;
  for (const auto& plaintext : {std::string(), std::string("null"), std::string("{}"), std::string("\xFF"),
                                json{{"application", {}}, {"header", header}}.dump(),
                                json{{"application", {}}, {"header", header}, {"salt", maker.salt}, {"more", 1}}.dump(),
                                R"({"application":{},"application":{},"header":)" + header.dump() + R"(,"salt":"00"})"})
    EXPECT_EQ(with_plaintext(plaintext), "application-invalid ") << plaintext;
  maker.salt = "short";
  EXPECT_EQ(outcome(maker.make()), "application-invalid /salt");
}

// Two terminals are known; HP-03 has two keys while one replaces the other.
class ASignedEnvelope : public AnEnvelope {
 protected:
  ASignedEnvelope() {
    const auto line = [](const TerminalKey& key) { return "ed25519 " + hex(key.public_key) + "\n"; };
    folder.write("HP-03.pub", line(TerminalKey(7)) + line(TerminalKey(8)));
    folder.write("HP-04.pub", line(TerminalKey(9)));
    devices = gateway::DeviceList(folder.path());
  }
  void sign_with(char seed) {
    maker.terminal = TerminalKey(seed);
    maker.header["device"] = maker.terminal.id();
  }
  TemporaryFolder folder;
};

TEST_F(ASignedEnvelope, is_taken_from_every_key_of_its_terminal) {
  EXPECT_EQ(outcome(maker.make()), "opened");
  sign_with(8);
  EXPECT_EQ(outcome(maker.make()), "opened");
}

TEST_F(ASignedEnvelope, of_a_stranger_is_refused_before_anything_is_said_about_keys) {
  sign_with(9);  // another terminal's key
  EXPECT_EQ(outcome(maker.make()), "unknown-device /header/device");
  maker.header["kid"] = "0000000000000000";
  EXPECT_EQ(outcome(maker.make()), "unknown-device /header/device");
  maker.header["terminal"] = "HP-99";
  EXPECT_EQ(outcome(maker.make()), "unknown-device /header/device");
}

TEST_F(ASignedEnvelope, that_names_another_key_than_it_was_signed_with_is_refused) {
  maker.terminal = TerminalKey(8);
  EXPECT_EQ(outcome(maker.make()), "signature-broken /signature");
}

TEST_F(ASignedEnvelope, holds_for_these_bytes_alone) {
  auto envelope = json::parse(maker.make());
  const auto other = json::parse(maker.make());  // the same application, sealed anew
  envelope["signature"] = other["signature"];
  EXPECT_EQ(outcome(envelope.dump()), "signature-broken /signature");
  envelope = other;
  envelope["header"]["clock"] = "unverified";
  EXPECT_EQ(outcome(envelope.dump()), "signature-broken /signature");
  for (const auto* text : {"", "QUJD", "*"}) {
    envelope = other;
    envelope["signature"] = text;
    EXPECT_NE(outcome(envelope.dump()), "opened") << text;
  }
}

TEST_F(AnEnvelope, that_was_cut_anywhere_is_refused) {
  const std::string whole = maker.make();
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(outcome(whole.substr(0, size)), "opened") << size;
}

}  // namespace
