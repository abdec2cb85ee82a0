#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/files.h"
#include "test_places.h"
#include "tests/gateway/gateway_process.h"
#include "tests/gateway/office.h"

namespace gateway_test {
namespace {

std::string exported(const std::vector<std::string>& envelopes) {
  std::string file = "linli-export 1\n";
  for (const auto& bytes : envelopes)
    file += fmt::format("record {} {} {} {}\n{}\n", application_id(1), std::string(64, '0'), hex(sha256_bytes(bytes)),
                        bytes.size(), bytes);
  return file + fmt::format("end {} {}\n", envelopes.size(), hex(sha256_bytes(file)));
}

class LinliUnseal : public testing::Test {
 protected:
  LinliUnseal() {
    key_file = folder.write("office.key", hex(std::string(32, '\1')));
    chmod(key_file.c_str(), 0600);
    folder.write("devices/HP-03.pub", "ed25519 " + hex(TerminalKey().public_key) + "\n");
  }
  Finished run(const std::string& bytes, std::vector<std::string> more = {}) {
    const auto file = folder.write("handed-over", bytes);
    more.insert(more.begin(), {"--key", key_file.string()});
    more.push_back(file.string());
    return run_program(LINLI_BINARY_DIR "/bin/linli-unseal", more);
  }
  std::string devices() const { return (folder.path() / "devices").string(); }

  TemporaryFolder folder;
  std::filesystem::path key_file;
  EnvelopeMaker maker{public_key_of(office_key()), application_id(1)};
};

TEST_F(LinliUnseal, opens_one_envelope_and_checks_who_signed_it) {
  const auto opened = run(maker.make(), {"--devices", devices()});
  EXPECT_EQ(opened.exit_code, 0) << opened.err;
  const auto said = json::parse(opened.out);
  EXPECT_EQ(said["id"], application_id(1));
  EXPECT_EQ(said["signature"], "holds");
  EXPECT_EQ(said["application"], sample_application());
  EXPECT_EQ(json::parse(run(maker.make()).out)["signature"], "not checked");
}

TEST_F(LinliUnseal, refuses_a_forged_signature) {
  maker.terminal = TerminalKey(9);
  const auto refused = run(maker.make(), {"--devices", devices()});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_NE(refused.err.find("signature-broken"), std::string::npos) << refused.err;
}

TEST_F(LinliUnseal, opens_the_export_of_a_queue_into_private_files) {
  const EnvelopeMaker second(public_key_of(office_key()), application_id(2));
  const auto out = folder.path() / "opened";
  const auto opened = run(exported({maker.make(), second.make()}), {"--out", out.string()});
  EXPECT_EQ(opened.exit_code, 0) << opened.err;
  EXPECT_EQ(opened.out, "");
  for (const unsigned n : {1U, 2U}) {
    const auto file = out / (application_id(n) + ".json");
    EXPECT_EQ(json::parse(*base::read_file(file))["application"], sample_application());
    struct stat status {};
    ASSERT_EQ(stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
  }
}

TEST_F(LinliUnseal, gives_what_is_sound_of_a_damaged_export_and_says_what_is_not) {
  const std::string whole = exported({maker.make(), maker.make()});
  const auto cut = run(whole.substr(0, whole.size() / 2 + 200));
  EXPECT_EQ(cut.exit_code, 1);
  EXPECT_EQ(json::parse(cut.out)["id"], application_id(1));
  EXPECT_NE(cut.err.find("breaks off"), std::string::npos) << cut.err;
  std::string changed = whole;
  changed[changed.find("\"sealed\":\"") + 30] ^= 1;
  const auto damaged = run(changed);
  EXPECT_EQ(damaged.exit_code, 1);
  EXPECT_NE(damaged.err.find("does not fit"), std::string::npos) << damaged.err;
}

TEST_F(LinliUnseal, explains_itself) {
  EXPECT_EQ(run_program(LINLI_BINARY_DIR "/bin/linli-unseal", {"--help"}).exit_code, 0);
  EXPECT_EQ(run_program(LINLI_BINARY_DIR "/bin/linli-unseal", {}).exit_code, 2);
  EXPECT_NE(run("not an envelope").exit_code, 0);
  EXPECT_EQ(run_program(LINLI_BINARY_DIR "/bin/linli-unseal", {"--key", "/nowhere", "x"}).exit_code, 1);
}

}  // namespace
}  // namespace gateway_test
