// A photograph of a document, told as a visit.
#include "kiosk/form_rows.h"
#include "kiosk/service_consistency.h"
#include "kiosk/service_reader.h"
#include "tests/kiosk/visit_fixture.h"
#include "tests/support/jpeg.h"

namespace visit_test {
namespace {

constexpr const char* kWithProof = R"({
  "id": "proven", "version": 1, "title": {"zh": "证明", "en": "Proven"}, "summary": {"zh": "证明", "en": "Proven"},
  "pictogram": "heart", "needs_card": false,
  "questions": [
    {"id": "proof", "title": {"zh": "问", "en": "Proof?"}, "label": {"zh": "证", "en": "Proof"}, "kind": "photo",
     "photo": {"most": 2, "most_bytes": 40000}, "schema": {"type": "integer", "minimum": 1, "maximum": 2}},
    {"id": "more", "title": {"zh": "问", "en": "More?"}, "label": {"zh": "再", "en": "More"}, "kind": "photo",
     "photo": {"most": 1, "most_bytes": 50000}, "optional": true, "schema": {"type": "integer", "minimum": 1, "maximum": 1}}],
  "receipt": [{"label": {"zh": "证", "en": "Proof"}, "value": "answer.proof"}]})";

const std::vector<ServiceDefinition>& proven() {
  static const auto services = [] {
    std::vector<ServiceDefinition> one;
    one.push_back(service_from(kWithProof));
    return one;
  }();
  return services;
}

class AVisitWithACamera : public AVisit {
 protected:
  AVisitWithACamera() {
    take(all.start());
    then(offline_cache::CourierEvent{offline_cache::IntakeChanged{true, {}}});
    camera_is(hal::DeviceState::online);
    then(BrowseServices{});
    then(ChooseService{"proven"});
  }
  void take(Commands commands) {
    for (auto& command : commands) done.push_back(std::move(command));
  }
  void then(Event event) { take(all.handle(std::move(event), moment_of(clock))); }
  void camera_is(hal::DeviceState state) { then(hal::CameraEvent{hal::DeviceHealth{state, {}, "CAM"}}); }
  // A frame of one grey, by which it is known again.
  void sees(int grey) {
    then(hal::CameraEvent{hal::CameraFrame{64, 48, base::Secret(std::string(64 * 48, static_cast<char>(grey)))}});
  }
  void photographs(int grey) {
    then(AimCamera{});
    sees(grey);
    then(TakePhoto{});
    then(KeepPhoto{});
  }
  bool sensor_wanted() const {
    bool wanted = false;
    for (const auto* command : commands<WantPictures>()) wanted = command->wanted;
    return wanted;
  }
  const PhotoEntry& photo() const { return all.state().session->photo; }
  std::string now() const { return all.current_question() == nullptr ? "" : all.current_question()->id; }
  const nlohmann::json* answer(const char* id) const { return all.state().session->answers.find(id); }
  static int grey_of(const base::Secret& jpeg) {
    const auto picture = test_support::read_jpeg(jpeg.reveal());
    return picture ? picture->pixels.at(picture->pixels.size() / 2) : -1;
  }
  std::string row(const char* id) const {
    for (const auto& each : check_rows(all.state(), translations, "en"))
      if (each.question == id) return std::string(each.value.reveal());
    return "no row";
  }

  Visit all{hall, proven(), translations, ids};
};

TEST_F(AVisitWithACamera, has_the_sensor_on_only_while_the_camera_is_looked_through) {
  EXPECT_FALSE(sensor_wanted()) << "the page says first what it is for";
  sees(99);
  EXPECT_FALSE(photo().frame) << "a frame that nobody asked for is dropped";
  then(AimCamera{});
  EXPECT_TRUE(sensor_wanted());
  then(OpenHelp{});
  EXPECT_FALSE(sensor_wanted());
  then(CloseHelp{});
  EXPECT_TRUE(sensor_wanted());
  sees(99);
  then(TakePhoto{});
  EXPECT_FALSE(sensor_wanted()) << "while the picture that was taken is looked at";
  then(DropPhoto{});
  EXPECT_TRUE(sensor_wanted());
  EXPECT_FALSE(photo().frame) << "what was dropped is gone";
  then(Back{});
  EXPECT_FALSE(sensor_wanted());
  EXPECT_EQ(now(), "proof");
  then(AimCamera{});
  sees(99);
  then(StartOver{});
  EXPECT_FALSE(sensor_wanted());
}

TEST_F(AVisitWithACamera, sends_two_pages_as_attachments_of_the_application) {
  photographs(60);
  EXPECT_EQ(photo().step, PhotoStep::kept);
  EXPECT_TRUE(all.can_go_on());
  photographs(200);
  then(AimCamera{});
  EXPECT_EQ(photo().step, PhotoStep::kept) << "two are the most";
  then(Next{});
  EXPECT_EQ(now(), "more");
  photographs(120);
  then(Next{});
  ASSERT_EQ(all.state().stage, Stage::check);
  EXPECT_EQ(row("proof"), "2 photographs");
  EXPECT_EQ(row("more"), "1 photograph");
  then(SubmitApplication{});
  const auto sent = commands<SubmitToQueue>();
  ASSERT_EQ(sent.size(), 1U);
  const auto& submission = sent.back()->submission;
  const auto application = nlohmann::json::parse(submission.application.reveal());
  EXPECT_EQ(application["answers"], (nlohmann::json{{"proof", 2}, {"more", 1}}));
  ASSERT_EQ(submission.attachments.size(), 3U);
  const std::array expected{std::pair{"proof", 60}, std::pair{"proof", 200}, std::pair{"more", 120}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& attachment = submission.attachments[i];
    EXPECT_EQ(attachment.field, expected.at(i).first);
    EXPECT_EQ(attachment.media_type, "image/jpeg");
    EXPECT_LE(attachment.bytes.size(), 40'000U);
    EXPECT_NEAR(grey_of(attachment.bytes), expected.at(i).second, 3);
  }
}

TEST_F(AVisitWithACamera, gives_the_same_bytes_again_after_a_full_queue) {
  photographs(60);
  then(Next{});
  then(Skip{});
  then(SubmitApplication{});
  const auto id = *all.state().session->application;
  then(offline_cache::CourierEvent{offline_cache::SaveFailed{id, base::Failure::save_disk_full}});
  ASSERT_EQ(all.state().stage, Stage::check);
  EXPECT_EQ(all.state().notice, base::Failure::save_disk_full);
  EXPECT_EQ(row("proof"), "1 photograph") << "nothing is lost";
  then(SubmitApplication{});
  const auto sent = commands<SubmitToQueue>();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0]->submission.id, sent[1]->submission.id);
  EXPECT_EQ(sent[0]->submission.attachments.at(0).bytes, sent[1]->submission.attachments.at(0).bytes);
}

TEST_F(AVisitWithACamera, takes_a_photograph_again_and_then_it_is_another_application) {
  photographs(60);
  then(Next{});
  then(Skip{});
  then(SubmitApplication{});
  const auto id = *all.state().session->application;
  then(offline_cache::CourierEvent{offline_cache::SaveFailed{id, base::Failure::save_disk_full}});
  then(ChangeAnswer{"proof"});
  ASSERT_EQ(photo().taken.size(), 1U) << "it is shown again";
  then(DropPhoto{});
  EXPECT_EQ(photo().step, PhotoStep::aim);
  sees(180);
  then(TakePhoto{});
  then(KeepPhoto{});
  then(Next{});
  ASSERT_EQ(all.state().stage, Stage::check);
  then(SubmitApplication{});
  const auto sent = commands<SubmitToQueue>();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_NE(sent[0]->submission.id, sent[1]->submission.id) << "an id's bytes never change, its pictures neither";
  ASSERT_EQ(sent[1]->submission.attachments.size(), 1U);
  EXPECT_NEAR(grey_of(sent[1]->submission.attachments[0].bytes), 180, 3);
}

TEST_F(AVisitWithACamera, who_looks_at_the_answer_again_and_goes_back_changes_nothing) {
  photographs(60);
  then(Next{});
  then(Skip{});
  then(ChangeAnswer{"proof"});
  then(DropPhoto{});
  then(Back{});  // from the camera
  EXPECT_EQ(photo().step, PhotoStep::intro);
  then(Back{});
  ASSERT_EQ(all.state().stage, Stage::check);
  EXPECT_EQ(row("proof"), "1 photograph");
}

TEST_F(AVisitWithACamera, decides_about_a_picture_before_it_goes_on) {
  photographs(60);
  then(AimCamera{});
  EXPECT_TRUE(all.can_go_on()) << "one page is kept already";
  sees(70);
  then(TakePhoto{});
  EXPECT_FALSE(all.can_go_on());
  then(Next{});
  EXPECT_EQ(now(), "proof");
  then(Back{});
  EXPECT_EQ(photo().step, PhotoStep::aim);
  then(Next{});
  EXPECT_EQ(now(), "more");
  EXPECT_EQ(all.state().session->answers.photographs("proof").size(), 1U);
}

TEST_F(AVisitWithACamera, takes_nothing_before_the_camera_gave_a_picture) {
  then(AimCamera{});
  then(TakePhoto{});
  EXPECT_EQ(photo().step, PhotoStep::aim);
  then(KeepPhoto{});
  then(DropPhoto{});
  then(Next{});
  then(Skip{});
  EXPECT_EQ(photo().step, PhotoStep::aim);
  EXPECT_EQ(now(), "proof") << "it must be answered, or left to the staff";
}

TEST_F(AVisitWithACamera, is_no_dead_end_when_the_camera_is_pulled) {
  photographs(60);
  then(AimCamera{});
  sees(70);
  camera_is(hal::DeviceState::no_device);
  EXPECT_EQ(photo().step, PhotoStep::kept);
  EXPECT_FALSE(photo().frame) << "the picture of a camera that is gone is no live one";
  EXPECT_FALSE(sensor_wanted());
  EXPECT_TRUE(all.can_go_on());
  then(Next{});
  then(AimCamera{});
  EXPECT_EQ(photo().step, PhotoStep::intro) << "there is none to switch on";
  then(Skip{});
  EXPECT_EQ(all.state().stage, Stage::check);
}

TEST_F(AVisitWithACamera, can_leave_the_paper_to_the_staff) {
  camera_is(hal::DeviceState::no_device);
  then(LeaveToStaff{});
  then(LeaveToStaff{});
  ASSERT_EQ(all.state().stage, Stage::check);
  EXPECT_EQ(row("proof"), "The staff will ask you");
  then(SubmitApplication{});
  const auto& submission = commands<SubmitToQueue>().back()->submission;
  EXPECT_EQ(nlohmann::json::parse(submission.application.reveal())["left_to_staff"], (nlohmann::json{"proof", "more"}));
  EXPECT_TRUE(submission.attachments.empty());
}

TEST_F(AVisitWithACamera, who_leaves_it_to_the_staff_after_all_sends_no_photograph) {
  photographs(60);
  then(Next{});
  then(Skip{});
  then(ChangeAnswer{"proof"});
  then(LeaveToStaff{});
  then(SubmitApplication{});
  EXPECT_TRUE(commands<SubmitToQueue>().back()->submission.attachments.empty());
  EXPECT_EQ(answer("proof"), nullptr);
}

TEST_F(AVisitWithACamera, tells_what_is_seen_when_it_lasts) {
  then(AimCamera{});
  sees(20);
  EXPECT_EQ(photo().view, PhotoView::dark) << "the first is told at once";
  sees(120);
  EXPECT_EQ(photo().view, PhotoView::dark);
  clock.advance(1s);
  sees(120);
  EXPECT_EQ(photo().view, PhotoView::nothing);
}

TEST_F(AVisitWithACamera, counts_a_photograph_as_a_sign_of_life_but_no_frame) {
  then(AimCamera{});
  clock.advance(100s);
  sees(99);
  then(TakePhoto{});
  EXPECT_EQ(*all.deadline() - clock.now(), kInactivity);
  then(DropPhoto{});
  clock.advance(kInactivity);
  sees(99);
  then(TimePassed{});
  EXPECT_EQ(all.state().overlay, Overlay::still_there) << "a camera that sees an empty chair is nobody";
  EXPECT_FALSE(sensor_wanted());
}

TEST_F(AVisitWithACamera, leaves_nothing_when_somebody_walks_away) {
  photographs(60);
  then(AimCamera{});
  sees(77);
  clock.advance(kInactivity);
  then(TimePassed{});
  for (int second = 0; second < 46 && all.state().session; ++second) {
    clock.advance(1s);
    then(TimePassed{});
  }
  EXPECT_FALSE(all.state().session);
  EXPECT_FALSE(sensor_wanted());
  EXPECT_FALSE(commands<ForgetEverything>().empty());
}

nlohmann::json definition() { return nlohmann::json::parse(kWithProof); }

std::string complaint_of(const nlohmann::json& service) {
  Complaint complaint;
  if (const auto read = read_service(service, complaint)) check_consistency(*read, service, complaint);
  return complaint.first().value_or("none");
}

TEST(ADefinitionWithPhotographs, is_held_to_what_an_application_can_carry) {
  EXPECT_EQ(complaint_of(definition()), "none");
  const auto with = [](const char* at, const nlohmann::json& value) {
    auto service = definition();
    service[nlohmann::json::json_pointer(at)] = value;
    return complaint_of(service);
  };
  EXPECT_TRUE(with("/questions/0/photo/most", 5).starts_with("/questions/0/photo/most: ")) << "four are the most";
  EXPECT_TRUE(with("/questions/0/photo/most", 0).starts_with("/questions/0/photo/most: "));
  EXPECT_TRUE(with("/questions/0/photo/most_bytes", 600'000).starts_with("/questions/0/photo/most_bytes: "));
  EXPECT_TRUE(with("/questions/0/photo/most_bytes", 1000).starts_with("/questions/0/photo/most_bytes: "));
  EXPECT_TRUE(with("/questions/0/photo/colour", true).starts_with("/questions/0/photo"));
  EXPECT_TRUE(with("/questions/0/schema", {{"type", "string"}}).starts_with("/questions/0/schema: "));
  EXPECT_TRUE(with("/questions/0/schema", {{"const", 1}}).starts_with("/questions/0/schema: ")) << "two are possible";
  EXPECT_TRUE(with("/questions/1/same_as", "proof").starts_with("/questions/1/same_as: "));
  auto many = definition();
  many["questions"][0]["photo"]["most"] = 4;
  many["questions"][0]["schema"]["maximum"] = 4;
  EXPECT_EQ(complaint_of(many), "/questions/1/photo/most: makes 5 photographs of one application; 4 are possible");
  auto none = definition();
  none["questions"][0].erase("photo");
  EXPECT_EQ(complaint_of(none), "/questions/0: \"photo\" is missing");
}

}  // namespace
}  // namespace visit_test
