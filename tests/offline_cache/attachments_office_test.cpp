// Attachments at the other end: the real platform receives them, and the office's own programs open them.
#include <gtest/gtest.h>

#include "base/files.h"
#include "test_places.h"
#include "tests/offline_cache/child_process.h"
#include "tests/offline_cache/hall.h"

namespace {

using namespace offline_cache_examples;

constexpr std::string_view kOfficePicture = "a picture of 王秀兰 000000194103081240";

std::string said_by(const std::vector<std::string>& command) {
  ChildProcess program(command);
  std::string said = program.read_until_end();
  EXPECT_EQ(program.wait(), 0) << command[1] << " said " << said;
  return said;
}

std::string value_after(const std::string& text, const std::string& before) {
  const auto at = text.find(before);
  if (at == text.npos) return {};
  return text.substr(at + before.size(), text.find_first_of("\",}", at + before.size()) - at - before.size());
}

struct RealOffice {
  std::string programs = LINLI_BINARY_DIR "/bin/";
  std::filesystem::path data, services;
  std::string keys;

  RealOffice(const std::filesystem::path& folder, const std::string& suite)
      : data(folder / "office"), services(folder / "services") {
    std::filesystem::create_directories(services);
    EXPECT_TRUE(base::write_file(services / "aid.json", R"({"id":"aid","version":1})"));
    for (const std::string& each : {std::string("1"), suite})
      keys = said_by({programs + "linli-gateway", "keys", "--data", data.string(), "--suite", each, "--json"});
  }
};

base::Uuid submit_for_aid(Hall& hall) {
  Submission submission{hall.ids.next(),
                        base::Secret(R"({"answers":{"bill":1},"language":"zh","service":{"id":"aid","version":1}})")};
  submission.attachments.push_back({"bill", "image/jpeg", base::Secret(kOfficePicture)});
  const auto id = submission.id;
  hall.courier->submit(std::move(submission));
  return id;
}

class TheRealOffice : public testing::TestWithParam<int> {};

TEST_P(TheRealOffice, receives_attachments_and_shows_them) {
  Hall hall;
  const RealOffice office(hall.folder.path(), std::to_string(GetParam()));
  base::Uuid id;
  {
    ChildProcess platform({office.programs + "linli-gateway", "serve", "--data", office.data.string(), "--services",
                           office.services.string(), "--listen", "127.0.0.1:0"});
    hall.configuration.suite = GetParam();
    hall.configuration.office_key = value_after(office.keys, "\"office_key\":\"");
    hall.configuration.answer_keys = {value_after(office.keys, "\"answer_key\":\"")};
    hall.configuration.platform_url = "http://127.0.0.1:" + value_after(platform.read_line(), "\"port\":");
    hall.open();
    id = submit_for_aid(hall);
    ASSERT_TRUE(hall.next_of<Received>(id));
    platform.kill_now();
    (void)platform.wait();
  }
  const auto pictures = hall.folder / "pictures";
  std::vector<std::string> show{
      office.programs + "linli-gateway", "show", "--data", office.data.string(), "--parts", pictures.string()};
  said_by(show);
  EXPECT_EQ(*base::read_file(pictures / (id.text() + ".part1.jpg")), kOfficePicture);
}

TEST_P(TheRealOffice, opens_them_from_a_stick) {
  Hall hall;
  const RealOffice office(hall.folder.path(), std::to_string(GetParam()));
  hall.configuration.suite = GetParam();
  hall.configuration.office_key = value_after(office.keys, "\"office_key\":\"");
  hall.configuration.platform_url.clear();
  hall.open();
  const auto id = submit_for_aid(hall);
  const auto second = submit_for_aid(hall);
  ASSERT_TRUE(hall.next_of<Saved>(second));
  const auto stick = hall.folder / "stick.linli";
  base::Mailbox<QueueActionDone> done;
  hall.courier->act({QueueAction::Kind::carry, {}, stick, 1000, ""}, [&](const auto& each) { (void)done.post(each); });
  const auto carried = done.take_for(20s);
  ASSERT_TRUE(carried);
  EXPECT_EQ(carried->records, 2);
  const auto out = hall.folder / "opened";
  const std::string key = (office.data / (GetParam() == 1 ? "office.key" : "office.sm2.key")).string();
  const std::string unseal = office.programs + "linli-unseal";
  said_by({unseal, "--key", key, "--out", out.string(), stick.string()});
  EXPECT_EQ(*base::read_file(out / (id.text() + ".part1.jpg")), kOfficePicture);
  EXPECT_EQ(*base::read_file(out / (second.text() + ".part1.jpg")), kOfficePicture);
  // Without its attachment an application is not whole, and the tool says so.
  std::string text = *base::read_file(stick, 64U << 20U);
  const auto part = text.find("\npart ") + 1, record = text.find("record ", part);
  ASSERT_TRUE(base::write_file(stick, text.erase(part, record - part)));
  ChildProcess incomplete({unseal, "--key", key, stick.string()});
  (void)incomplete.read_until_end();
  EXPECT_EQ(incomplete.wait(), 1);
}

INSTANTIATE_TEST_SUITE_P(suite, TheRealOffice, testing::Values(1, 2));

}  // namespace
