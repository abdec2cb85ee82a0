// Cards from elsewhere that anybody may read: Taiwan's health card and the Belgian eID, healthy, hostile and half there.
#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <utility>

#include "hal/pcsc/belgian_card.h"
#include "hal/pcsc/belgian_file.h"
#include "hal/pcsc/card_text.h"
#include "hal/pcsc/nhi_card.h"
#include "hal/pcsc/pcsc_card_reader.h"
#include "hal/simulated/simulated_card_service.h"
#include "tests/hal/card_event_recorder.h"

namespace {

using namespace std::chrono_literals;
using CardBytes = std::vector<std::uint8_t>;

constexpr auto kReadOn = 2026y / 11 / 28;

CardBytes nhi_data() { return hal::nhi_image().objects.at(0x1100); }

CardBytes with(CardBytes data, std::size_t offset, std::string_view text) {
  std::copy(text.begin(), text.end(), data.begin() + static_cast<std::ptrdiff_t>(offset));
  return data;
}

TEST(AnNhiCard, says_who_holds_it) {
  const auto person = hal::decode_nhi_person(nhi_data());
  ASSERT_TRUE(person);
  EXPECT_EQ(person->document, hal::DocumentKind::electronic_id);
  EXPECT_EQ(person->name.reveal(), "測試子");
  EXPECT_EQ(person->id_number.reveal(), "A000000009");
  EXPECT_EQ(person->card_number.reveal(), "000000000001");
  EXPECT_EQ(person->birth.reveal(), "19120230") << "the first year of the Republic";
  EXPECT_EQ(person->sex, hal::Sex::male);
  EXPECT_EQ(person->valid_from, "20240101");
  EXPECT_EQ(person->nationality, "");
  EXPECT_TRUE(person->checks.number_check_digit);
  EXPECT_TRUE(person->checks.sex_fits_number);
  EXPECT_FALSE(person->checks.birth_is_a_date);
  EXPECT_EQ(person->checks.validity, hal::Validity::unreadable);
}

TEST(AnNhiCard, of_another_length_gives_no_person) {
  for (std::size_t size = 0; size < nhi_data().size(); ++size) {
    auto cut = nhi_data();
    cut.resize(size);
    EXPECT_FALSE(hal::decode_nhi_person(cut)) << size;
  }
  auto longer = nhi_data();
  longer.push_back(0);
  EXPECT_FALSE(hal::decode_nhi_person(longer));
}

TEST(AnNhiCard, gives_no_person_when_name_number_or_birthday_is_damaged) {
  for (const auto& [offset, text] : {std::pair<std::size_t, std::string_view>{12, "\xB4 "},  // a lead byte before another
                                     {12, "\xFA\x40"},                                       // a character that is none
                                     {12, "\x1B[2J"},
                                     {12, std::string_view("\0\0\0\0\0\0", 6)},
                                     {32, "a"},
                                     {32, " "},
                                     {41, "X"},
                                     {33, "-"},
                                     {42, "-01"},
                                     {42, "000"},
                                     {48, "\xFF"}})
    EXPECT_FALSE(hal::decode_nhi_person(with(nhi_data(), offset, text))) << offset << ' ' << text;
}

TEST(AnNhiCard, with_impossible_days_still_says_who_holds_it) {
  const auto person = hal::decode_nhi_person(with(nhi_data(), 42, "9991399"));
  ASSERT_TRUE(person);
  EXPECT_EQ(person->birth.reveal(), "29101399");
  EXPECT_FALSE(person->checks.birth_is_a_date);
  const auto issued = hal::decode_nhi_person(with(nhi_data(), 50, "soon..."));
  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->valid_from, "");
}

TEST(AnNhiNumber, has_a_check_digit_and_says_the_sex) {
  EXPECT_TRUE(hal::nhi_number_is_right("A123456789")) << "the specimen of every description";
  EXPECT_TRUE(hal::nhi_number_is_right("A800000014")) << "foreigners since 2021";
  EXPECT_TRUE(hal::nhi_number_is_right("AA00000009")) << "and before";
  for (const auto* wrong : {"A123456788", "B123456789", "A12345678", "1123456789", "A12345678X", ""})
    EXPECT_FALSE(hal::nhi_number_is_right(wrong)) << wrong;
  EXPECT_FALSE(hal::decode_nhi_person(with(nhi_data(), 33, "2"))->checks.sex_fits_number);
}

CardBytes belgian_file_bytes(std::uint16_t id) {
  const auto image = hal::belgian_image();
  return std::ranges::find(image.files, id, &hal::CardFile::id)->bytes;
}
CardBytes belgian_identity() { return belgian_file_bytes(0x4031); }
CardBytes belgian_address() { return belgian_file_bytes(0x4033); }

CardBytes piece_of(const CardBytes& file, std::size_t from, std::size_t count) {
  const auto begin = file.begin() + static_cast<std::ptrdiff_t>(from);
  return {begin, begin + static_cast<std::ptrdiff_t>(std::min(count, file.size() - from))};
}

// The same with another value in one field.
CardBytes with_field(const CardBytes& file, std::uint8_t changed, std::string_view text) {
  CardBytes made;
  const auto fields = hal::belgian_fields(file);
  for (const auto& [tag, value] : *fields) {
    const std::string kept(value.begin(), value.end());
    const std::string_view chosen = tag == changed ? text : std::string_view(kept);
    made.push_back(tag);
    made.push_back(static_cast<std::uint8_t>(chosen.size()));
    made.insert(made.end(), chosen.begin(), chosen.end());
  }
  return made;
}

base::Result<hal::Person> belgian(const CardBytes& identity) {
  return hal::decode_belgian_person(identity, belgian_address(), kReadOn);
}

TEST(ABelgianCard, says_who_holds_it) {
  const auto person = belgian(belgian_identity());
  ASSERT_TRUE(person);
  EXPECT_EQ(person->document, hal::DocumentKind::electronic_id);
  EXPECT_EQ(person->latin_name.reveal(), "VOORBEELD, Test Drie");
  EXPECT_EQ(person->id_number.reveal(), "00023000183");
  EXPECT_EQ(person->card_number.reveal(), "000000000000");
  EXPECT_EQ(person->birth.reveal(), "19000230");
  EXPECT_EQ(person->sex, hal::Sex::male);
  EXPECT_EQ(person->address.reveal(), "Fictiestraat 1, 0000 Nergenshuizen");
  EXPECT_EQ(person->valid_from, "20210101");
  EXPECT_EQ(person->valid_until, "20311231");
  EXPECT_EQ(person->nationality, "");
  EXPECT_TRUE(person->checks.number_check_digit);
  EXPECT_TRUE(person->checks.birth_fits_number);
  EXPECT_TRUE(person->checks.sex_fits_number);
  EXPECT_FALSE(person->checks.birth_is_a_date);
  EXPECT_EQ(person->checks.validity, hal::Validity::valid);
}

TEST(ABelgianCard, names_its_months_in_three_languages) {
  for (const auto& [written, birth] : {std::pair{"01 JAN 1900", "19000101"},
                                       {"30 FEV 1900", "19000230"},
                                       {"30 FEB  1900", "19000230"},
                                       {"30.M\u00C4R.1900", "19000330"},
                                       {"1. MAAR 1900", "19000301"},
                                       {"31 MARS 1900", "19000331"},
                                       {"31 AVR 1900", "19000431"},
                                       {"09 MEI 1900", "19000509"},
                                       {"09 JUIN 1900", "19000609"},
                                       {"09 JUL 1900", "19000709"},
                                       {"09 AOUT 1900", "19000809"},
                                       {"09 SEPT 1900", "19000909"},
                                       {"09 OKT 1900", "19001009"},
                                       {"09 NOV 1900", "19001109"},
                                       {"09 DEZ 1900", "19001209"},
                                       {"1900", "19000000"}}) {
    const auto person = belgian(with_field(belgian_identity(), 12, written));
    ASSERT_TRUE(person) << written;
    EXPECT_EQ(person->birth.reveal(), birth) << written;
  }
  for (const auto* none : {"", "soon", "30 FOO 1900", "30 FEB", "FEB 1900", "300 FEB 1900", "30 FEB 19000", "30 FEB 190",
                           "-1 FEB 1900", "30 FEB 1900 1", "30 FEB +900"})
    EXPECT_FALSE(belgian(with_field(belgian_identity(), 12, none))) << none;
}

TEST(ABelgianCard, knows_sex_nationality_and_the_century_of_its_number) {
  for (const auto* letter : {"F", "V", "W"}) {
    const auto person = belgian(with_field(belgian_identity(), 13, letter));
    EXPECT_EQ(person->sex, hal::Sex::female) << letter;
    EXPECT_FALSE(person->checks.sex_fits_number) << letter;
  }
  for (const auto* word : {"Belg", "Belge", "Belgier(in)"})
    EXPECT_EQ(belgian(with_field(belgian_identity(), 10, word))->nationality, "BEL");
  EXPECT_TRUE(hal::belgian_number_is_right("00023000183", false));
  EXPECT_FALSE(hal::belgian_number_is_right("00023000183", true));
  EXPECT_TRUE(hal::belgian_number_is_right("00023000115", true));
  for (const auto* wrong : {"00023000184", "0002300018", "0002300018X", ""})
    EXPECT_FALSE(hal::belgian_number_is_right(wrong, false)) << wrong;
}

TEST(ABelgianCard, may_have_no_address_and_is_read_without) {
  const auto person = hal::decode_belgian_person(belgian_identity(), {}, kReadOn);
  ASSERT_TRUE(person);
  EXPECT_TRUE(person->address.empty());
}

// A short answer is not padded.
TEST(ABelgianCard, cut_at_any_byte_gives_no_person_or_the_same) {
  const auto whole = belgian_identity();
  const auto address = belgian_address();
  const auto same = [](const base::Result<hal::Person>& person) {
    return person && person->id_number.reveal() == "00023000183" && person->birth.reveal() == "19000230" &&
           person->latin_name.reveal() == "VOORBEELD, Test Drie" && person->sex == hal::Sex::male &&
           person->valid_until == "20311231" && person->address.reveal() == "Fictiestraat 1, 0000 Nergenshuizen";
  };
  std::size_t refused = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto person = belgian(piece_of(whole, 0, size));
    refused += person ? 0U : 1U;
    EXPECT_TRUE(!person || same(person)) << size;
  }
  EXPECT_GT(refused, 150U);
  for (std::size_t size = 1; size < address.size(); ++size) {
    const auto person = hal::decode_belgian_person(whole, std::span(address).first(size), kReadOn);
    EXPECT_TRUE(!person || same(person)) << size;
  }
}

TEST(ABelgianCard, gives_no_person_without_surname_number_or_birth_or_with_a_field_that_is_no_text) {
  for (const std::uint8_t tag : {std::uint8_t{6}, std::uint8_t{7}, std::uint8_t{12}})
    for (const auto* text : {"", "\xC3", "a\x1B[2J"})
      EXPECT_FALSE(belgian(with_field(belgian_identity(), tag, text))) << int{tag};
  for (const std::uint8_t tag : {std::uint8_t{1}, std::uint8_t{8}, std::uint8_t{10}, std::uint8_t{13}})
    EXPECT_FALSE(belgian(with_field(belgian_identity(), tag, "\xED\xA0\x80"))) << int{tag};
  for (const auto* number : {"0002300018", "000230001830", "0002300018A"})
    EXPECT_FALSE(belgian(with_field(belgian_identity(), 6, number))) << number;
  EXPECT_FALSE(hal::decode_belgian_person(belgian_identity(), with_field(belgian_address(), 1, "\xFF\xC3"), kReadOn));
}

TEST(ABelgianFile, is_fields_of_any_length) {
  CardBytes file{0, 1, 9, 1, 0, 2, 0xFF, 1};
  file.insert(file.end(), 256, 'x');
  file.insert(file.end(), {3, 0xFF, 0});
  file.insert(file.end(), 255, 'y');
  file.insert(file.end(), 5, 0);
  const auto fields = hal::belgian_fields(file);
  ASSERT_TRUE(fields);
  EXPECT_EQ(fields->size(), 4U);
  EXPECT_EQ(fields->at(0).size(), 1U);
  EXPECT_EQ(fields->at(1).size(), 0U);
  EXPECT_EQ(fields->at(2).size(), 256U);
  EXPECT_EQ(fields->at(3).size(), 255U);
}

TEST(ABelgianFile, that_runs_over_repeats_or_goes_on_behind_its_padding_is_none) {
  for (const CardBytes& file :
       {CardBytes{1}, CardBytes{1, 1}, CardBytes{1, 2, 'a'}, CardBytes{1, 0xFF}, CardBytes{1, 0xFF, 0xFF},
        CardBytes{1, 0xFF, 0, 'a'}, CardBytes{1, 1, 'a', 1, 1, 'b'}, CardBytes{1, 1, 'a', 0, 0, 2, 1, 'b'}})
    EXPECT_FALSE(hal::belgian_fields(file)) << file.size();
  EXPECT_TRUE(hal::belgian_fields({})->empty());
}

// Answers what it was told to, in order, and then nothing more.
class ScriptedCard final : public hal::SmartCard {
 public:
  explicit ScriptedCard(std::deque<CardBytes> answers) : answers_(std::move(answers)) {}
  hal::SmartCardResult<CardBytes> transmit(std::span<const std::uint8_t> command) override {
    commands.emplace_back(command.begin(), command.end());
    if (answers_.empty()) return tl::make_unexpected(hal::SmartCardError::card_gone);
    auto answer = std::move(answers_.front());
    if (answers_.size() > 1 || answer.size() < 3) answers_.pop_front();
    return answer;
  }
  std::vector<CardBytes> commands;

 private:
  std::deque<CardBytes> answers_;
};

CardBytes answered(CardBytes data, std::uint16_t status = 0x9000) {
  data.push_back(static_cast<std::uint8_t>(status >> 8U));
  data.push_back(static_cast<std::uint8_t>(status & 0xFFU));
  return data;
}
TEST(ABelgianCard, is_read_in_pieces_wherever_its_files_end) {
  for (const std::size_t size : {200U, 248U, 249U, 496U}) {
    auto file = belgian_identity();
    file.resize(size);
    std::deque<CardBytes> script{answered({})};
    for (std::size_t at = 0; at < size; at += 248) script.push_back(answered(piece_of(file, at, 248)));
    if (size % 248 == 0) script.push_back(answered({}, 0x6B00));
    script.push_back(answered({}, 0x6A82));  // no address
    ScriptedCard card(std::move(script));
    hal::CardConversation conversation(card);
    const auto person = hal::read_belgian_card(conversation, kReadOn);
    ASSERT_TRUE(person) << size;
    EXPECT_EQ(person->latin_name.reveal(), "VOORBEELD, Test Drie");
    EXPECT_EQ(card.commands[0], (CardBytes{0x00, 0xA4, 0x08, 0x0C, 0x06, 0x3F, 0x00, 0xDF, 0x01, 0x40, 0x31}));
    EXPECT_EQ(card.commands[1], (CardBytes{0x00, 0xB0, 0x00, 0x00, 0xF8}));
    EXPECT_EQ(card.commands.back(), (CardBytes{0x00, 0xA4, 0x08, 0x0C, 0x06, 0x3F, 0x00, 0xDF, 0x01, 0x40, 0x33}));
  }
}

TEST(ABelgianCard, whose_file_never_ends_or_breaks_off_gives_no_person) {
  ScriptedCard endless({answered({}), answered(CardBytes(248, 'x'))});
  hal::CardConversation without_end(endless);
  EXPECT_FALSE(hal::read_belgian_card(without_end, kReadOn));
  EXPECT_LT(endless.commands.size(), 10U);
  for (const std::uint16_t status : std::array<std::uint16_t, 3>{0x6982, 0x6B00, 0x6F00}) {  // at once, and in the address
    ScriptedCard first({answered({}), answered({}, status)});
    hal::CardConversation at_once(first);
    EXPECT_FALSE(hal::read_belgian_card(at_once, kReadOn)) << status;
    ScriptedCard second({answered({}), answered(belgian_identity()), answered({}), answered({}, status)});
    hal::CardConversation in_address(second);
    EXPECT_FALSE(hal::read_belgian_card(in_address, kReadOn)) << status;
  }
}

// The real driver on the simulated card.
class AnOpenlyReadableCard : public testing::Test {
 protected:
  void SetUp() override {
    reader->want_card(true);
    ASSERT_TRUE(heard.await("ready Linli Simulated Reader 00 00"));
  }

  base::SystemClock clock;
  std::shared_ptr<hal::SmartCardModel> card = std::make_shared<hal::SmartCardModel>();
  std::shared_ptr<hal::SimulatedCardService> service = hal::make_simulated_card_service(card, {1ms, 20s});
  card_test::CardEventRecorder heard;
  std::unique_ptr<hal::CardReader> reader =
      hal::make_pcsc_card_reader(service->system(), clock, [] { return kReadOn; }, heard.sink(), {});
};

TEST_F(AnOpenlyReadableCard, of_health_is_read_by_the_published_conversation) {
  card->insert(hal::nhi_image());
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 測試子");
  const auto commands = card->take_commands();
  const CardBytes select{0x00, 0xA4, 0x04, 0x00, 0x10, 0xD1, 0x58, 0x00, 0x00, 0x01, 0x00,
                         0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x11, 0x00};
  ASSERT_GE(commands.size(), 2U);
  EXPECT_EQ(commands[commands.size() - 2], select);
  EXPECT_EQ(commands.back(), (CardBytes{0x00, 0xCA, 0x11, 0x00, 0x02, 0x00, 0x00}));
  card->pull();
  EXPECT_EQ(heard.next(), "lifted");
}

TEST_F(AnOpenlyReadableCard, of_belgium_is_selected_without_an_answer) {
  card->insert(hal::belgian_image());
  ASSERT_TRUE(heard.await("read "));
  const auto commands = card->take_commands();
  const CardBytes select{0x00, 0xA4, 0x04, 0x0C, 0x0C, 0xA0, 0x00, 0x00, 0x01, 0x77, 0x50, 0x4B, 0x43, 0x53, 0x2D, 0x31, 0x35};
  EXPECT_NE(std::ranges::find(commands, select), commands.end());
}

TEST_F(AnOpenlyReadableCard, gives_no_person_when_it_is_pulled_at_any_command) {
  for (const auto& image : {hal::estonian_image(), hal::nhi_image(), hal::belgian_image()}) {
    card->insert(image);
    ASSERT_EQ(heard.next(), "laid");
    ASSERT_TRUE(heard.next().starts_with("read "));
    const auto whole = card->take_commands().size();
    card->pull();
    EXPECT_EQ(heard.next(), "lifted");
    for (std::size_t command = 0; command < whole; ++command) {
      card->pull_at_command(command);
      card->insert(image);
      ASSERT_EQ(heard.next(), "laid") << command;
      ASSERT_EQ(heard.next(), "lifted") << command;
    }
    (void)card->take_commands();
  }
}

}  // namespace
