#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/gateway/running_gateway.h"

namespace gateway_test {
namespace {

class ShowCommand : public ARunningGateway {
 protected:
  Finished show(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"show", "--data", data.string()});
    return run_gateway(more);
  }
};

TEST_F(ShowCommand, opens_every_application_for_the_office) {
  const auto first = body(request(put(1)));
  request(put(2));
  ASSERT_EQ(stop_it(), 0);
  const auto shown = json::parse(show({"--json"}).out);
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0]["number"], first["number"]);
  EXPECT_EQ(shown[0]["id"], application_id(1));
  EXPECT_EQ(shown[0]["digest"], first["digest"]);
  EXPECT_EQ(shown[0]["application"], sample_application());
  const auto one = json::parse(show({"--json", "--id", application_id(2)}).out);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0]["id"], application_id(2));
  EXPECT_NE(show().out.find("王秀兰"), std::string::npos);
}

TEST_F(ShowCommand, of_an_empty_store_is_an_empty_list) {
  ASSERT_EQ(stop_it(), 0);
  EXPECT_EQ(show({"--json"}).out, "[]\n");
  EXPECT_EQ(show().out, "");
  EXPECT_EQ(show({"--id", application_id(1)}).exit_code, 1);
}

TEST_F(ShowCommand, waits_for_the_server_to_stop_and_says_so) {
  const auto refused = show();
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("a server is running"), std::string::npos) << refused.err;
}

TEST_F(ShowCommand, says_that_the_key_is_not_the_right_one) {
  request(put(1));
  ASSERT_EQ(stop_it(), 0);
  std::filesystem::remove(data / "office.key");
  run_gateway({"keys", "--data", data.string()});
  const auto refused = show();
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("cannot be opened with this office key"), std::string::npos) << refused.err;
}

TEST(KeysCommand, makes_a_private_file_once) {
  const TemporaryFolder folder;
  const auto data = folder.path() / "new" / "data";
  const auto first = run_gateway({"keys", "--data", data.string()});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(first.out.size(), 65U);
  EXPECT_EQ(run_gateway({"keys", "--data", data.string()}).out, first.out);
  struct stat status {};
  ASSERT_EQ(stat((data / "office.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(ServeCommand, says_in_one_sentence_why_it_cannot_start) {
  const TemporaryFolder folder;
  const std::string data = (folder.path() / "data").string();
  const std::string services = (folder.path() / "services").string();
  const auto serve = [&](const std::string& listen) {
    const auto finished = run_gateway({"serve", "--data", data, "--services", services, "--listen", listen});
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_EQ(finished.out, "");
    return finished.err;
  };
  EXPECT_NE(serve("127.0.0.1:0").find("there is no office key"), std::string::npos);
  run_gateway({"keys", "--data", data});
  EXPECT_NE(serve("127.0.0.1:0").find("SVC-002"), std::string::npos);
  folder.write("services/a.json", R"({"id":"a","version":1})");
  for (const auto* listen : {"", "localhost:80", "127.0.0.1", "127.0.0.1:99999", "[::1:80", "300.0.0.1:80", "127.0.0.1:"})
    EXPECT_NE(serve(listen).find("cannot listen on"), std::string::npos) << listen;
}

TEST(ThePrograms, command_line_explains_itself) {
  EXPECT_EQ(run_gateway({"--version"}).out.substr(0, 14), "linli-gateway ");
  EXPECT_NE(run_gateway({"--help"}).out.find("serve"), std::string::npos);
  EXPECT_EQ(run_gateway({}).exit_code, 2);
  EXPECT_EQ(run_gateway({"serve"}).exit_code, 2);
  EXPECT_EQ(run_gateway({"serve", "--nonsense"}).exit_code, 2);
}

}  // namespace
}  // namespace gateway_test
