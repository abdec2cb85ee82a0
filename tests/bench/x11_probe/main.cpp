// Measures any program with a window as a resident meets it, on $DISPLAY (an Xvfb without a window manager): how long
// until it shows something and until it can be used, what it costs while nothing happens, and how long a press takes to
// be seen. Prints one JSON object. `x11_probe --help` lists the options; tests/bench/bench.py puts two programs side by side.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "tests/bench/x11_probe/process_tree.h"
#include "tests/bench/x11_probe/screen.h"

namespace {

using bench::Clock;
using namespace std::chrono_literals;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr auto kLookEvery = 1ms;              // while it starts: leaves the processor to the program
constexpr auto kLookEveryAfterPress = 200us;  // the resolution of a press
constexpr auto kSettledAfter = 700ms;         // nothing changed for so long: the page stands
constexpr auto kSettledAfterPress = 80ms;     // the same between presses
constexpr auto kStartDeadline = 30s;
constexpr auto kPressDeadline = 2s;
constexpr auto kSlidOff = 150ms;             // a press counts where it rested in its last 100 ms
constexpr auto kGraceBeforeIdle = 3s;        // browsers tidy up after a start
constexpr auto kBetweenTaps = 1200ms;        // nobody presses twice faster who means it
constexpr auto kTap = 200ms;                 // the finger rests, longer than a control has to look pressed
constexpr auto kSettledAfterTap = 400ms;     // nothing was drawn for so long: all of it stands
constexpr int kRows = 8;                     // lines of the screen watched for the first pixel
constexpr bench::Point kAreaSize{200, 120};  // watched around the press

struct Options {
  std::vector<std::string> command;
  std::vector<int> press{540, 960};
  std::vector<int> release{2, 2};
  int starts = 5;
  int presses = 60;
  std::vector<int> language, text_size;  // where to tap for another one; empty: not measured
  int taps = 0;                          // of each
  int idle_seconds = 20;
  int rest_within = 0;  // seconds until it begins to rest by itself, at most
  int attract_seconds = 0;
  bool cold = false;
  std::string log = "/dev/null";
};

struct Start {
  Milliseconds first_pixel{0};
  Milliseconds ready{0};
};

struct Idle {
  double cpu_percent = 0;
  double wake_ups_per_second = 0;
  std::size_t frames = 0;
};

class Probe {
 public:
  Probe(bench::Screen& screen, const Options& options) : screen_(screen), options_(options) {
    const bench::Area whole = screen.whole();
    for (int i = 0; i < kRows; ++i) rows_.push_back(screen.watch({0, (2 * i + 1) * whole.height / (2 * kRows), whole.width, 1}));
    const bench::Area area{options.press[0] - kAreaSize.x / 2, options.press[1] - kAreaSize.y / 2, kAreaSize.x, kAreaSize.y};
    around_press_ = screen.watch(area);
  }

  // Nothing when the program ends, or shows nothing lasting before the deadline.
  std::optional<Start> start() {
    const std::string before = rows();
    const std::string area_before = around_press_->look();
    const auto began = Clock::now();
    if (!program_.start(options_.command, options_.log)) return std::nullopt;
    std::optional<Clock::time_point> first;
    std::string seen = before;
    std::string area = area_before;
    auto changed = began;
    auto area_changed = began;
    while (!first || area == area_before || Clock::now() - changed < kSettledAfter) {
      if (Clock::now() - began > kStartDeadline || !program_.running()) return std::nullopt;
      if (std::string now = rows(); now != seen) {
        changed = Clock::now();
        if (!first) first = changed;
        seen = std::move(now);
      }
      if (std::string now = around_press_->look(); now != area) {
        changed = area_changed = Clock::now();
        area = std::move(now);
      }
      screen_.pause(kLookEvery);
    }
    return Start{*first - began, area_changed - began};
  }

  void stop() {
    program_.stop();
    settle(kSettledAfterPress);
  }

  Idle idle() {
    screen_.pause(kGraceBeforeIdle);
    await_quiet_minute();
    return usage_over(std::chrono::seconds(options_.idle_seconds));
  }

  Idle usage_over(std::chrono::seconds time) {
    screen_.start_counting_frames();
    const bench::Usage before = program_.usage();
    const auto began = Clock::now();
    screen_.pause(time);
    const bench::Usage after = program_.usage();
    const std::chrono::duration<double> took = Clock::now() - began;
    const std::chrono::duration<double> cpu = after.cpu - before.cpu;
    return {100 * cpu.count() / took.count(), static_cast<double>(after.wake_ups - before.wake_ups) / took.count(),
            screen_.frames_counted()};
  }

  // The clock on the screen may change once a minute; the time that is measured lies between two of its changes.
  void await_quiet_minute() {
    const auto now = std::chrono::system_clock::now();
    const auto next = std::chrono::ceil<std::chrono::minutes>(now);
    if (next - now > std::chrono::seconds(options_.idle_seconds)) return;
    screen_.pause(std::chrono::ceil<std::chrono::milliseconds>(next - now) + kGraceBeforeIdle);
  }

  // Down on the target, then out of it and up: the press is seen, nothing is activated.
  std::optional<Milliseconds> press() {
    screen_.move_to({options_.press[0], options_.press[1]});
    settle(kSettledAfterPress);
    const std::string before = around_press_->look();
    const auto began = Clock::now();
    screen_.press();
    auto seen = began;
    bool changed = false;
    while (!changed && seen - began < kPressDeadline) {
      changed = around_press_->look() != before;
      seen = Clock::now();
      if (!changed) screen_.pause(kLookEveryAfterPress);
    }
    screen_.move_to({options_.release[0], options_.release[1]});
    screen_.pause(kSlidOff);
    screen_.release();
    settle(kSettledAfterPress);
    return changed ? std::optional(Milliseconds(seen - began)) : std::nullopt;
  }

  // From letting a target go to the last that was drawn because of it; nothing when the picture is the same afterwards.
  std::optional<Milliseconds> tap(const std::vector<int>& at) {
    screen_.move_to({at[0], at[1]});
    screen_.pause(kBetweenTaps);
    const std::string before = rows();
    screen_.press();
    screen_.pause(kTap);
    screen_.start_counting_frames();
    const auto released = Clock::now();
    screen_.release();
    std::optional<Clock::time_point> drawn;
    const auto deadline = released + 2 * kPressDeadline;  // also of what never stops drawing
    while (Clock::now() < std::min(deadline, drawn ? *drawn + kSettledAfterTap : released + kPressDeadline)) {
      screen_.pause(kLookEveryAfterPress);
      if (screen_.frames_counted() > 0) drawn = Clock::now();
    }
    if (!drawn || rows() == before) return std::nullopt;
    return *drawn - released;
  }

  // A touch, then nobody comes: until the page that calls people is there, then what it costs.
  std::optional<Idle> attract() {
    if (options_.rest_within > 0 && !await_rest()) return std::nullopt;
    return usage_over(std::chrono::seconds(options_.attract_seconds));
  }

  bench::ProcessTree& program() { return program_; }

 private:
  static Clock::duration into_the_minute() { return std::chrono::system_clock::now().time_since_epoch() % 1min; }

  // The clock on the screen changes at full minutes, so whatever changes in the middle of one is the rest.
  bool await_rest() {
    screen_.pause(std::chrono::ceil<std::chrono::milliseconds>((90s - into_the_minute()) % 1min));
    press();
    std::string before = rows();
    const auto deadline = Clock::now() + std::chrono::seconds(options_.rest_within);
    while (Clock::now() < deadline) {
      screen_.pause(100ms);
      std::string now = rows();
      const bool between = into_the_minute() > 2s;
      if (between && now != before) return true;
      before = std::move(now);
    }
    return false;
  }

  std::string rows() {
    std::string all;
    for (const auto& row : rows_) all += row->look();
    return all;
  }

  void settle(Clock::duration quiet) {
    std::string seen = around_press_->look();
    auto changed = Clock::now();
    const auto deadline = changed + kPressDeadline;
    while (Clock::now() - changed < quiet && Clock::now() < deadline) {
      screen_.pause(kLookEvery);
      if (std::string now = around_press_->look(); now != seen) {
        changed = Clock::now();
        seen = std::move(now);
      }
    }
  }

  bench::Screen& screen_;
  const Options& options_;
  std::vector<std::unique_ptr<bench::Watched>> rows_;
  std::unique_ptr<bench::Watched> around_press_;
  bench::ProcessTree program_;
};

int fail(const std::string& sentence) {
  fmt::print(stderr, "{}\n", sentence);
  return 1;
}

// Of `count` taps at a place; nothing when one of them does nothing.
std::optional<std::vector<double>> tap(Probe& probe, const std::vector<int>& at, int count) {
  std::vector<double> took;
  for (int i = 0; i < count && !at.empty(); ++i) {
    const auto each = probe.tap(at);
    if (!each) return std::nullopt;
    took.push_back(each->count());
  }
  return took;
}

void print(const char* name, const std::vector<double>& times) {
  fmt::print("\"{}_ms\": [{:.3f}], ", name, fmt::join(times, ", "));
}

void print(const char* name, const Idle& idle) {
  fmt::print("\"{0}_cpu_percent\": {1:.4f}, \"{0}_wake_ups_per_s\": {2:.2f}, \"{0}_frames\": {3}, ", name, idle.cpu_percent,
             idle.wake_ups_per_second, idle.frames);
}

int measure(bench::Screen& screen, const Options& options) {
  Probe probe(screen, options);
  if (!probe.start()) return fail("The program showed nothing where the press would be; see its log.");
  const auto files = probe.program().mapped_files();
  std::vector<double> first_pixel;
  std::vector<double> ready;
  for (int i = 0; i < options.starts; ++i) {
    probe.stop();
    if (options.cold) bench::forget_cached(files);
    const auto start = probe.start();
    if (!start) return fail("The program did not start again; see its log.");
    first_pixel.push_back(start->first_pixel.count());
    ready.push_back(start->ready.count());
  }
  const auto pss = probe.program().pss_kib();
  const auto processes = probe.program().processes();
  const Idle idle = options.idle_seconds > 0 ? probe.idle() : Idle{};
  std::vector<double> presses;
  for (int i = 0; i < options.presses; ++i) {
    const auto took = probe.press();
    if (!took) return fail("A press changed nothing on the screen.");
    presses.push_back(took->count());
  }
  const auto language = tap(probe, options.language, options.taps);
  const auto text_size = tap(probe, options.text_size, options.taps);
  if (!language || !text_size) return fail("A tap for another language or text size changed nothing on the screen.");
  const auto attract = options.attract_seconds > 0 ? probe.attract() : Idle{};
  if (!attract) return fail("The program does not begin to rest.");
  const auto pss_after = probe.program().pss_kib();
  probe.stop();
  fmt::print("{{");
  print("first_pixel", first_pixel);
  print("ready", ready);
  print("press", presses);
  print("language", *language);
  print("text_size", *text_size);
  print("idle", idle);
  print("attract", *attract);
  fmt::print("\"pss_kib\": {}, \"pss_after_kib\": {}, \"processes\": {}}}\n", pss, pss_after, processes);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"Measures a program with a window: x11_probe [OPTION...] -- COMMAND..."};
  app.add_option("--press", options.press, "where to press, and what has to stand before the program counts as ready")
      ->delimiter(',')
      ->expected(2);
  app.add_option("--release", options.release, "where to let go, outside the target")->delimiter(',')->expected(2);
  app.add_option("--starts", options.starts, "measured starts, after one that is not counted")->check(CLI::Range(1, 1000));
  app.add_option("--presses", options.presses, "measured presses")->check(CLI::Range(0, 100000));
  app.add_option("--language", options.language, "where to tap for another language")->delimiter(',')->expected(2);
  app.add_option("--text-size", options.text_size, "where to tap for another text size")->delimiter(',')->expected(2);
  app.add_option("--taps", options.taps, "measured taps of each")->check(CLI::Range(0, 1000));
  app.add_option("--rest-within", options.rest_within, "seconds without a touch until it calls people, at most; 0: it does now")
      ->check(CLI::Range(0, 3600));
  app.add_option("--attract", options.attract_seconds, "seconds of calling people")->check(CLI::Range(0, 3600));
  app.add_option("--idle", options.idle_seconds, "seconds of doing nothing")->check(CLI::Range(0, 3600));
  app.add_flag("--cold", options.cold, "drop the program's files from the page cache before each start");
  app.add_option("--log", options.log, "file for what the program prints");
  app.add_option("command", options.command, "the program and its arguments, after --")->required();
  CLI11_PARSE(app, argc, argv);
  const auto screen = bench::Screen::open();
  if (!screen) return fail("There is no X display with MIT-SHM, XTEST and DAMAGE.");
  return measure(*screen, options);
}
