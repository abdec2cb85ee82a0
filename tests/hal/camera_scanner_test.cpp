// The whole way from a camera's frames to a delivered code, with the real decoding process in between.
#include "hal/camera/camera_scanner.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "hal/frame_decoder/program/sandbox.h"
#include "hal/simulated/camera_model.h"
#include "test_places.h"
#include "tests/hal/scanner_rig.h"

namespace {

using hal::Counter;
using hal::HealthCheck;
using hal::PayloadKind;
using namespace std::chrono_literals;

hal::CameraScannerTiming quick_camera() {
  hal::CameraScannerTiming timing;
  timing.camera.frame = 20s;
  timing.camera.order = 20s;
  timing.camera.idle = 5ms;
  timing.camera.reopen_pause = 1ms;
  timing.camera.absent_period = 20ms;
  timing.decoder.frame = 20s;
  timing.decoder.start = 20s;
  timing.decoder.first_pause = 1ms;
  return timing;
}

// Symbols of version 1 to level L whose bit stream ends before its length says so; 1.4 of ZXing throws at them.
typeset::DotBitmap symbol_that_breaks_zxing() {
  std::ifstream file(LINLI_SOURCE_DIR "/tests/hal/zxing_crash_symbol.txt");
  typeset::DotBitmap symbol{21, 21, std::vector<std::uint8_t>(3 * 21)};
  std::string row;
  for (std::size_t y = 0; std::getline(file, row) && y < 21; ++y)
    for (std::size_t x = 0; x < 21; ++x)
      if (row.at(x) == '#')
        symbol.bytes[y * 3 + x / 8] = static_cast<std::uint8_t>(symbol.bytes[y * 3 + x / 8] | 0x80U >> (x % 8));
  return symbol;
}

class ACameraScanner : public testing::Test {
 protected:
  void start(const hal::CameraScannerTiming& timing = quick_camera(), const std::string& program = {}) {
    scanner = hal::make_camera_scanner(
        hal::make_simulated_transport(model), program.empty() ? hal::frame_decoder_program() : std::filesystem::path(program),
        clock, [this](const hal::CodeScannerEvent& event) { (void)words.post(scanner_test::in_words(event)); }, timing);
  }
  void TearDown() override { scanner.reset(); }

  std::string next() { return words.take_for(60s).value_or("nothing"); }
  bool await(const std::string& word) {
    for (std::string heard = next(); heard != "nothing"; heard = next())
      if (heard.starts_with(word)) return true;
    return false;
  }
  template <class Condition>
  static bool becomes_true(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
  void arm(PayloadKind kind = PayloadKind::ticket_number) { scanner->arm({{kind}}); }
  std::uint64_t count(Counter counter) const { return scanner->statistics().value(counter); }

  base::SystemClock clock;
  std::shared_ptr<hal::CameraModel> model = std::make_shared<hal::CameraModel>(320, 240, 5ms);
  base::Mailbox<std::string> words;
  std::unique_ptr<hal::CodeScanner> scanner;
};

TEST_F(ACameraScanner, delivers_the_code_that_is_held_before_it_once) {
  start();
  EXPECT_EQ(next(), "online SIM-CAMERA-1");
  model->show("A017");
  arm();
  EXPECT_EQ(next(), "scanned A017");
  EXPECT_TRUE(becomes_true([&] { return !model->sensor_on(); }));
  EXPECT_FALSE(words.try_take());
  EXPECT_EQ(count(Counter::reads), 1U);
  EXPECT_EQ(count(Counter::connects), 1U);
}

TEST_F(ACameraScanner, has_its_sensor_off_until_a_screen_asks_and_after_it_asks_no_more) {
  start();
  ASSERT_TRUE(await("online"));
  EXPECT_FALSE(model->sensor_on());
  EXPECT_EQ(model->frames_given(), 0U);
  arm();
  EXPECT_TRUE(becomes_true([&] { return model->frames_given() > 2; }));
  scanner->disarm();
  EXPECT_TRUE(becomes_true([&] { return !model->sensor_on(); }));
}

TEST_F(ACameraScanner, passes_bytes_on_that_are_chinese_text) {
  start();
  model->show("虚构省样例市");
  arm(PayloadKind::plain_text);
  EXPECT_TRUE(await("scanned 虚构省样例市"));
}

TEST_F(ACameraScanner, refuses_an_unwanted_code_once_for_as_long_as_it_is_held) {
  start();
  model->show("https://example.invalid/");
  arm();
  EXPECT_TRUE(await("refused SCAN-005"));
  const auto seen = model->frames_given();
  EXPECT_TRUE(becomes_true([&] { return model->frames_given() > seen + 20; }));
  EXPECT_FALSE(words.try_take());
  model->show("A017");
  EXPECT_EQ(next(), "scanned A017");
}

TEST_F(ACameraScanner, reads_light_codes_on_dark_ground_and_codes_that_are_turned_or_out_of_focus) {
  start();
  for (const auto* line : {"invert on", "turn 30", "blur 15", "moire on", "grain 12"}) {
    ASSERT_TRUE(model->control(line));
    model->show("A017");
    arm();
    EXPECT_TRUE(await("scanned A017")) << line;
    if (std::string(line) == "invert on") { ASSERT_TRUE(model->control("invert off")); }
  }
}

TEST_F(ACameraScanner, is_back_at_work_after_the_camera_was_pulled_out) {
  start();
  arm();
  ASSERT_TRUE(becomes_true([&] { return model->frames_given() > 1; }));
  model->unplug();
  EXPECT_TRUE(await("no device"));
  model->plug();
  EXPECT_TRUE(await("online"));
  model->show("B002");
  EXPECT_TRUE(await("scanned B002"));
  EXPECT_EQ(count(Counter::connects), 2U);
}

TEST_F(ACameraScanner, that_gives_no_frames_is_offline_until_it_does) {
  auto timing = quick_camera();
  timing.camera.frame = 20ms;
  start(timing);
  ASSERT_TRUE(model->control("sensor-fails on"));
  arm();
  EXPECT_TRUE(await("offline CAM-002"));
  ASSERT_TRUE(model->control("sensor-fails off"));
  EXPECT_TRUE(await("online"));
  model->show("C003");
  EXPECT_TRUE(await("scanned C003"));
}

TEST_F(ACameraScanner, survives_frames_that_are_torn) {
  start();
  arm();
  ASSERT_TRUE(model->control("noise 00ff4711"));
  ASSERT_TRUE(model->control("noise 5900ffffffffffff"));
  model->show("D004");
  EXPECT_TRUE(await("scanned D004"));
}

TEST_F(ACameraScanner, loses_a_frame_and_not_itself_to_the_symbol_that_breaks_zxing) {
  start();
  model->show_symbol(symbol_that_breaks_zxing());
  arm();
  EXPECT_TRUE(becomes_true([&] { return count(Counter::decoder_losses) >= 1; }));
  model->show("E005");
  EXPECT_TRUE(await("scanned E005"));
}

// By way of the real process: what it reads is refused here, and it goes on reading. No more than are reported in a second.
TEST_F(ACameraScanner, refuses_hostile_payloads_and_loses_nothing_to_them) {
  start();
  ASSERT_TRUE(await("online"));
  ASSERT_TRUE(model->control("module 4"));
  for (const std::string payload : {"javascript:alert(1)", "A017\x1b[2J", "A017\r\nA018",
                                    "A017\xe2\x80\xae"
                                    "710A",
                                    "A\xe2\x80\x8b"
                                    "017",
                                    "../../etc/passwd", "%n%n%n%s", "WIFI:T:WPA;S:x;P:y;;", "Ａ０１７"}) {
    model->show(payload);
    arm();
    EXPECT_TRUE(next().starts_with("refused SCAN-")) << payload;
  }
  model->show(std::string(150, '7'));
  arm();
  EXPECT_TRUE(next().starts_with("refused SCAN-"));
  model->show("F007");
  EXPECT_EQ(next(), "scanned F007");
  EXPECT_EQ(count(Counter::decoder_losses), 0U);
}

TEST_F(ACameraScanner, says_so_when_its_decoder_keeps_dying) {
  start(quick_camera(), "/bin/false");
  arm();
  EXPECT_TRUE(await("online"));
  EXPECT_TRUE(becomes_true([&] { return count(Counter::decoder_losses) > hal::kLossesForFree; }));
  scanner->check(HealthCheck::active);
  EXPECT_TRUE(await("failed: the decoding process does not answer"));
}

TEST_F(ACameraScanner, tells_in_its_checks_what_it_is_worth) {
  start();
  ASSERT_TRUE(await("online"));
  scanner->check(HealthCheck::passive);
  EXPECT_EQ(next(), "passed: camera: online");
  scanner->check(HealthCheck::active);
  const auto active = next();
  EXPECT_TRUE(active.starts_with("passed: a frame came; the decoding process answered in ")) << active;
  EXPECT_TRUE(active.ends_with("system calls limited")) << active;
  EXPECT_TRUE(becomes_true([&] { return !model->sensor_on(); }));
  model->show("F006");
  scanner->check(HealthCheck::interactive);
  EXPECT_EQ(next(), "passed: a code of 4 bytes came, ]Q1");
  EXPECT_EQ(count(Counter::reads), 0U);
}

std::string contents_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

hal::CameraFrame grey_frame(int side) {
  return {side, side, base::Secret(std::string(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), '\x80'))};
}

class AFrameDecoder : public testing::Test {
 protected:
  base::SystemClock clock;
  hal::DeviceStatistics statistics;
  hal::FrameDecoder decoder{hal::frame_decoder_program(), clock, statistics, quick_camera().decoder};
};

TEST_F(AFrameDecoder, replaces_a_process_that_was_killed) {
  ASSERT_TRUE(decoder.works());
  const auto first = decoder.process()->pid();
  kill(first, SIGSEGV);
  EXPECT_FALSE(decoder.look(grey_frame(100)));
  EXPECT_EQ(decoder.process(), nullptr);
  EXPECT_EQ(statistics.value(Counter::decoder_losses), 1U);
  EXPECT_TRUE(decoder.works());
  EXPECT_NE(decoder.process()->pid(), first);
}

TEST_F(AFrameDecoder, gives_up_on_a_process_that_hangs) {
  auto timing = quick_camera().decoder;
  timing.frame = 50ms;
  hal::FrameDecoder impatient(hal::frame_decoder_program(), clock, statistics, timing);
  while (!impatient.works()) {}
  kill(impatient.process()->pid(), SIGSTOP);
  const auto before = statistics.value(Counter::decoder_losses);
  EXPECT_FALSE(impatient.look(grey_frame(100)));
  EXPECT_EQ(statistics.value(Counter::decoder_losses), before + 1);
}

TEST_F(AFrameDecoder, is_a_process_without_files_network_or_much_memory) {
  ASSERT_TRUE(decoder.works());
  const auto folder = "/proc/" + std::to_string(decoder.process()->pid());
  const auto all = contents_of(folder + "/limits");
  EXPECT_NE(all.find("Max open files            0                    0"), std::string::npos) << all;
  EXPECT_NE(all.find("Max address space         268435456            268435456"), std::string::npos) << all;
  const auto text = contents_of(folder + "/status");
  EXPECT_NE(text.find("NoNewPrivs:\t1"), std::string::npos);
  EXPECT_NE(text.find("Seccomp:\t2"), std::string::npos) << "this kernel has no seccomp filters";
}

// What a decoder that a frame has taken over would try.
TEST(TheSandbox, ends_the_process_at_any_call_but_those_of_decoding) {
  const auto tries = [](long number, long first, long second, long third) {
    if (!hal::filter_system_calls()) std::_Exit(1);
    syscall(number, first, second, third, -1, 0);
    syscall(SYS_exit_group, 0);  // not by way of a sanitizer, which has more to do
  };
  const auto text = [](const char* words) { return reinterpret_cast<long>(words); };
  const auto died = testing::KilledBySignal(SIGSYS);
  EXPECT_EXIT(tries(SYS_socket, AF_INET, SOCK_STREAM, 0), died, "");
  EXPECT_EXIT(tries(SYS_connect, 1, 0, 0), died, "");
  EXPECT_EXIT(tries(SYS_openat, AT_FDCWD, text("/etc/passwd"), O_RDONLY), died, "");
  EXPECT_EXIT(tries(SYS_execve, text("/bin/sh"), 0, 0), died, "");
  EXPECT_EXIT(tries(SYS_clone, SIGCHLD, 0, 0), died, "");
  EXPECT_EXIT(tries(SYS_kill, 1, SIGKILL, 0), died, "");
  EXPECT_EXIT(tries(SYS_ptrace, 0, 0, 0), died, "");
  EXPECT_EXIT(tries(SYS_setrlimit, RLIMIT_NOFILE, 0, 0), died, "");
  EXPECT_EXIT(tries(SYS_mprotect, 0, 4096, PROT_READ | PROT_EXEC), died, "");
  EXPECT_EXIT(tries(SYS_brk, 0, 0, 0), testing::ExitedWithCode(0), "");
}

TEST_F(AFrameDecoder, is_said_to_be_missing_only_when_it_is) {
  constexpr auto kMissing = "it belongs beside the kiosk's own program";
  const auto said_of = [this](const std::filesystem::path& program) {
    hal::FrameDecoder started(program, clock, statistics, quick_camera().decoder);
    testing::internal::CaptureStderr();
    EXPECT_FALSE(started.works());
    return testing::internal::GetCapturedStderr();
  };
  EXPECT_NE(said_of("/nowhere/linli-frame-decoder").find(kMissing), std::string::npos);
  const auto not_a_program = said_of("/etc");
  EXPECT_NE(not_a_program.find("Permission denied"), std::string::npos) << not_a_program;
  EXPECT_EQ(not_a_program.find(kMissing), std::string::npos) << not_a_program;
}

// Of an account that has no process left; root has no limit.
TEST_F(AFrameDecoder, that_is_refused_a_process_says_so) {
  constexpr uid_t kNobody = 65534;
  const auto refused = [this] {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_NPROC, &none);
    if (geteuid() == 0 && setuid(kNobody) != 0) std::_Exit(1);
    std::_Exit(decoder.works() ? 2 : 0);
  };
  EXPECT_EXIT(refused(), testing::ExitedWithCode(0), "linli-frame-decoder cannot be started: Resource temporarily unavailable\n");
}

TEST_F(AFrameDecoder, does_not_look_at_frames_of_a_size_no_camera_has) {
  EXPECT_FALSE(decoder.look(grey_frame(10)));
  EXPECT_FALSE(decoder.look({200, 200, base::Secret("too few")}));
  EXPECT_EQ(decoder.process(), nullptr);
}

}  // namespace
