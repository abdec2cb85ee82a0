// Reading aloud, the headset, and time that does not count while somebody listens.
#include "tests/kiosk/visit_fixture.h"

namespace visit_test {
namespace {

VoiceSettings aloud() {
  VoiceSettings voice;
  voice.on = true;
  voice.rate = 1;
  voice.volume = 4;
  return voice;
}

TEST_F(AVisit, speaks_when_a_headset_is_plugged_in_and_falls_silent_without) {
  happens(HeadsetChanged{true});
  EXPECT_TRUE(visit.state().voice.on);
  EXPECT_TRUE(visit.state().headset);
  happens(HeadsetChanged{false});
  EXPECT_FALSE(visit.state().voice.on);
}

TEST_F(AVisit, keeps_the_curtain_and_the_answers_when_the_headset_is_pulled_out) {
  comes_to_first_question();
  happens(HeadsetChanged{true});
  VoiceSettings hidden = visit.state().voice;
  hidden.curtain = true;
  hidden.private_aloud = true;
  happens(SetVoice{hidden});
  happens(HeadsetChanged{false});
  EXPECT_TRUE(visit.state().voice.curtain);
  EXPECT_FALSE(visit.state().voice.private_aloud) << "private text never falls through to the loudspeaker";
  EXPECT_EQ(stage(), Stage::question);
}

TEST_F(AVisit, starts_the_next_one_at_the_usual_loudness_and_rate) {
  comes_to_first_question();
  happens(SetVoice{aloud()});
  lifts_card();
  happens(StartOver{});
  passes(kGoodbye);
  EXPECT_EQ(stage(), Stage::welcome);
  EXPECT_EQ(visit.state().voice, VoiceSettings{});
}

TEST_F(AVisit, is_silent_and_usual_again_after_a_reset) {
  comes_to_first_question();
  happens(SetVoice{aloud()});
  happens(ResetSettings{});
  EXPECT_EQ(visit.state().voice, VoiceSettings{});
  EXPECT_EQ(stage(), Stage::question);
}

TEST_F(AVisit, is_woken_by_a_headset_and_by_the_wish_to_listen) {
  happens(Touched{});
  passes(kInactivity);
  ASSERT_TRUE(visit.state().resting);
  happens(SetVoice{aloud()});
  EXPECT_TRUE(visit.state().voice.on) << "who cannot see that the machine rests asks once";
  passes(kInactivity + kTimeToAnswer);
  ASSERT_TRUE(visit.state().resting);
  happens(HeadsetChanged{true});
  EXPECT_FALSE(visit.state().resting);
}

TEST_F(AVisit, brings_what_is_too_loud_within_limits) {
  VoiceSettings voice;
  voice.volume = 99;
  voice.rate = -1;
  happens(SetVoice{voice});
  EXPECT_EQ(visit.state().voice.volume, 4);
  EXPECT_EQ(visit.state().voice.rate, 0);
}

TEST_F(AVisit, counts_no_time_while_it_speaks) {
  comes_to_first_question();
  happens(Speaking{true});
  passes(kInactivity + 60s);
  EXPECT_EQ(overlay(), Overlay::none);
  happens(Speaking{false});
  passes(kInactivity - 1s);
  EXPECT_EQ(overlay(), Overlay::none);
  passes(2s);
  EXPECT_EQ(overlay(), Overlay::still_there);
}

TEST_F(AVisit, gives_the_whole_time_to_answer_after_the_question_was_spoken) {
  comes_to_first_question();
  passes(kInactivity);
  ASSERT_EQ(overlay(), Overlay::still_there);
  happens(Speaking{true});
  passes(12s);
  happens(Speaking{false});
  passes(kTimeToAnswer - 1s);
  EXPECT_EQ(overlay(), Overlay::still_there);
  passes(2s);
  EXPECT_NE(stage(), Stage::question);
}

TEST_F(AVisit, is_not_held_open_by_a_voice_that_hangs) {
  comes_to_first_question();
  happens(Speaking{true});
  passes(kLongestSpeech + kInactivity + kTimeToAnswer + 1s);
  EXPECT_NE(stage(), Stage::question);
}

TEST_F(AVisit, takes_a_headset_as_a_sign_of_somebody) {
  comes_to_first_question();
  passes(kInactivity - 1s);
  happens(HeadsetChanged{true});
  passes(10s);
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, has_no_time_limit_on_the_pages_about_voice_and_keys_beyond_the_usual) {
  comes_to_first_question();
  happens(OpenVoice{});
  EXPECT_EQ(overlay(), Overlay::voice);
  happens(OpenKeys{});
  EXPECT_EQ(overlay(), Overlay::keys);
  passes(kInactivity);
  EXPECT_EQ(overlay(), Overlay::still_there);
  happens(StillHere{});
  EXPECT_EQ(overlay(), Overlay::keys) << "back to where the resident was";
  happens(CloseHelp{});
  EXPECT_EQ(overlay(), Overlay::none);
}

TEST_F(AVisit, sleeps_at_welcome_with_a_headset_left_in) {
  happens(HeadsetChanged{true});
  passes(kInactivity * 2);
  EXPECT_FALSE(visit.deadline()) << "nobody is here; nothing is due";
}

}  // namespace
}  // namespace visit_test
