#include "tests/journeys/terminal.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "base/clock.h"
#include "base/files.h"
#include "hal/simulated/personas.h"
#include "kiosk/app/asset_paths.h"
#include "kiosk/app/kiosk.h"
#include "offline_cache/sealing/device_key.h"
#include "tests/journeys/paper.h"
#include "ui/input/input_methods.h"
#include "ui/input/pinyin.h"
#include "ui/screens/kiosk_screen.h"

namespace journeys {
namespace {

using namespace std::chrono_literals;

constexpr int kWidth = 1080, kHeight = 1920;  // of the panel
constexpr auto kPressPatience = 3s;           // for what a press does, before it is tried again
constexpr int kTries = 10;
constexpr const char* kTerminal = "HP-03";

hal::Persona persona_of(const std::string& id) {
  const base::SystemClock clock;
  const auto all = hal::personas(kiosk::local_moment(clock).date);
  const auto found = std::ranges::find(all, id, &hal::Persona::id);
  EXPECT_NE(found, all.end()) << "nobody is called " << id;
  return *found;
}

}  // namespace

Terminal::Terminal(hal::EscposMachineType printer)
    : display_(VirtualDisplay::start(kWidth, kHeight)),
      reader_(std::make_shared<hal::SamModule>()),
      printer_(std::make_shared<hal::EscposMachine>(std::move(printer))),
      scanner_(std::make_shared<hal::SerialScanner>()) {
  settle();
}

Terminal::~Terminal() { kiosk_.reset(); }

void Terminal::settle() {
  ASSERT_TRUE(display_) << "Xvfb does not start";
  std::filesystem::create_directories(machine() / "tmp");
  auto reader_line = hal::offer_on_terminal(reader_, folder_ / "reader");
  auto printer_line = hal::offer_on_tcp(printer_, "127.0.0.1", 0);
  auto scanner_line = hal::offer_on_terminal(scanner_, folder_ / "scanner");
  const auto assets = kiosk::installed_assets();
  auto platform = kiosk::GatewayChild::create(folder_ / "platform", assets.services(), false, [](const std::string&) {});
  ASSERT_TRUE(reader_line && printer_line && scanner_line && platform);
  reader_line_ = *std::move(reader_line);
  printer_line_ = *std::move(printer_line);
  scanner_line_ = *std::move(scanner_line);
  platform_ = *std::move(platform);

  const auto key = offline_cache::DeviceKey::load_or_create(offline_cache::DeviceKey::usual_place(data(), 1), 1);
  ASSERT_TRUE(key) << key.error().detail;
  const auto devices = folder_ / "platform" / "devices";
  std::filesystem::create_directories(devices);
  ASSERT_TRUE(base::write_file(devices / (std::string(kTerminal) + ".pub"), key->public_line() + "\n"));
  ASSERT_TRUE(platform_->switch_on(true));
  offline_cache::CourierConfiguration office;
  platform_->describe(office);
  std::ofstream(machine() / "kiosk.toml")
      << "data = \"data\"\n[hall]\nname_zh = \"测试大厅\"\nname_en = \"Test Hall\"\ndefault_language = \"en\"\nterminal = \""
      << kTerminal << "\"\n[panel]\nwidth_px = " << kWidth << "\nheight_px = " << kHeight << "\n[platform]\nurl = \""
      << office.platform_url << "\"\noffice_key = \"" << office.office_key << "\"\nanswer_key = \"" << office.answer_keys.front()
      << "\"\n[devices]\ncard_reader = \"sdt\"\ncard_reader_port = \"" << reader_line_->where()
      << "\"\nprinter = \"escpos\"\nprinter_port = \"" << printer_line_->where()
      << "\"\nprinter_profile = \"epson-tm-80mm\"\ncode_scanner = \"serial-scanner\"\ncode_scanner_port = \""
      << scanner_line_->where() << "\"\n";
}

void Terminal::plug_camera() const {
  std::ofstream(machine() / "kiosk.toml", std::ios::app) << "camera = \"document-camera\"\ncamera_port = \"simulated\"\n";
}

void Terminal::start() {
  launch();
  if (!testing::Test::HasFatalFailure()) expect("welcome");
}

void Terminal::launch(const std::string& under) {
  kiosk_.reset();
  screen_ = std::make_unique<ScreenReader>();
  auto started = kiosk::ChildProcess::start(
      {"/bin/sh", "-c",
       R"(cd "$2" && ulimit -c unlimited; export DISPLAY="$3" HOME="$2/home" TMPDIR="$2/tmp" LD_PRELOAD="$5" ASAN_OPTIONS="$ASAN_OPTIONS${5:+:verify_asan_link_order=0}"; exec $4 "$0" run --config "$1" --tree 2>>"$2/log")",
       program_.string(), (machine() / "kiosk.toml").string(), machine().string(), display_->name(), under,
       medium_ ? test_support::Medium::recorder().string() : std::string()},
      [screen = screen_.get()](const std::string& line) { screen->see(line); });
  ASSERT_TRUE(started);
  kiosk_ = *std::move(started);
}

std::optional<int> Terminal::ends_before(const std::string& stage) {
  constexpr auto kLook = 50ms;
  for (auto waited = 0ms; waited < ScreenReader::kPatience; waited += kLook) {
    if (screen_->reaches(stage, kLook)) return std::nullopt;
    siginfo_t end{};
    if (waitid(P_PID, static_cast<id_t>(process()), &end, WEXITED | WNOHANG | WNOWAIT) == 0 && end.si_pid == process())
      return end.si_code == CLD_EXITED ? end.si_status << 8 : end.si_status;
  }
  ADD_FAILURE() << "it neither ends nor reaches " << stage;
  return std::nullopt;
}

void Terminal::die(int signal) {
  kill(process(), signal);
  kiosk_.reset();
  if (medium_) medium_->cut(names_lost_);
}

void Terminal::live_on_a_medium(test_support::NamesLost names) {
  names_lost_ = names;
  medium_.emplace(data());
  medium_->watch();
}

std::vector<std::string> Terminal::codes_on_paper() const {
  std::vector<std::string> codes;
  for (const auto& ticket : printer_->tickets()) codes.push_back(code_on(ticket, folder_.path()));
  return codes;
}

nlohmann::json Terminal::queue() const {
  auto told = kiosk::ChildProcess::output_of(
      {(kiosk::program_folder() / "linlictl").string(), "--socket", (data() / "control.sock").string(), "queue", "--json"});
  EXPECT_TRUE(told) << (told ? "" : told.error().detail);
  return nlohmann::json::parse(std::move(told).value_or("null"), nullptr, false);
}

void Terminal::lay(const std::string& persona) { reader_->lay_card(persona_of(persona).text); }

hal::Person Terminal::person(const std::string& persona) {
  const base::SystemClock clock;
  auto person = hal::decode_person(persona_of(persona).text, kiosk::local_moment(clock).date);
  EXPECT_TRUE(person);
  return *std::move(person);
}

// As a hand does: it looks at a new page first, and takes its time to come down on the same spot again. The kiosk takes no
// notice of what comes sooner.
void Terminal::touch(const std::string& label) {
  screen_->find_on_a_page(label, 1s);
  screen_->stands(ui::kPageGuard, kPressPatience);
  const auto spot = screen_->find_on_a_page(label, 0s);
  if (!spot) return;
  if (spot == touched_)
    std::this_thread::sleep_until(touched_at_ + (label.starts_with("digit/") ? ui::kDigitRepeatGuard : ui::kRepeatGuard));
  page_touched_ = screen_->page();
  display_->press(spot->x, spot->y);
  touched_ = spot;
  touched_at_ = std::chrono::steady_clock::now();
}

void Terminal::press(const std::string& label, const std::string& then) {
  for (int tries = 0; tries < kTries; ++tries) {
    touch(label);
    if (screen_->leads_from(page_touched_, label, then, kPressPatience)) return;
  }
  FAIL() << "\"" << label << "\" does not lead to \"" << then << "\": " << screen_->labels();
}

void Terminal::press_until(const std::string& label, const std::string& stage) {
  for (int tries = 0; tries < kTries; ++tries) {
    touch(label);
    if (screen_->reaches(stage, kPressPatience)) return;
  }
  FAIL() << "\"" << label << "\" does not lead to " << stage << ": " << screen_->labels();
}

void Terminal::answer(const std::string& label, const std::string& then) {
  press(label, "Next");
  press("Next", then);
}

// What the way on says: "7 more digits", "1 more digit", "Next" when nothing is missing, "Skip" when nothing is typed.
std::size_t Terminal::missing(std::size_t of) const {
  const std::string words = screen_->label_of("next");
  if (words == "Next" || words == "Please check") return 0;
  return words == "Skip" ? of : static_cast<std::size_t>(std::max(0, std::atoi(words.c_str())));
}

void Terminal::type(const std::string& digits) {
  std::size_t entered = 0;
  for (int tries = 0; entered < digits.size(); ++tries) {
    ASSERT_LT(tries, 4 * kTries) << screen_->labels();
    const std::string before = screen_->label_of("next");
    touch(std::string("digit/") + digits[entered]);
    if (!screen_->changes("next", before, kPressPatience)) continue;
    const std::size_t now = digits.size() - missing(digits.size());
    if (now > entered + 1) {  // an earlier press was only slow
      const std::string doubled = screen_->label_of("next");
      touch("digit/erase");
      ASSERT_TRUE(screen_->changes("next", doubled, kPressPatience)) << screen_->labels();
    }
    ++entered;
  }
}

void Terminal::write(const std::string& character, const std::vector<Line>& strokes) {
  const auto pad = screen_->box_of("ink", ScreenReader::kPatience);
  ASSERT_TRUE(pad) << "there is no pad to write on: " << screen_->labels();
  screen_->stands(ui::kPageGuard, kPressPatience);
  const auto [left, top, width, height] = *pad;
  for (const auto& line : strokes) {
    std::vector<std::pair<int, int>> way;
    constexpr int kSteps = 20;
    for (int i = 0; i <= kSteps; ++i)
      way.emplace_back(left + (line.from_x * (kSteps - i) + line.to_x * i) * width / kSteps / 100,
                       top + (line.from_y * (kSteps - i) + line.to_y * i) * height / kSteps / 100);
    display_->drag(way);
  }
  ASSERT_TRUE(screen_->find(character, ScreenReader::kPatience)) << "it is not read: " << screen_->labels();
  const std::string first = screen_->label_of("proposal/0");
  for (int tries = 0; tries < kTries; ++tries) {
    touch(character);
    if (screen_->changes("proposal/0", first, kPressPatience)) return;
  }
  FAIL() << character << " cannot be chosen: " << screen_->labels();
}

std::string Terminal::spell(const std::string& letters) {
  const auto decoder = ui::Pinyin::open(ui::InputData().pinyin);
  EXPECT_TRUE(decoder) << "no pinyin dictionary";
  if (!decoder) return {};
  std::string spelled, first;
  for (const char letter : letters) {
    spelled += letter;
    const auto candidates = decoder->search(spelled);
    if (candidates.empty()) continue;
    first = candidates.front().text.reveal();
    press(std::string("key/") + letter, first);
    if (testing::Test::HasFatalFailure()) return {};
  }
  press("proposal/0", "Next");
  return first;
}

void Terminal::expect(const std::string& stage) {
  ASSERT_TRUE(screen_->reaches(stage, ScreenReader::kPatience)) << stage << " is not reached; there is " << screen_->labels();
}

}  // namespace journeys
