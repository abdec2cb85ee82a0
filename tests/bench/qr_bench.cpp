// links: linli_hal linli_typeset fmt::fmt
// How many QR codes in a camera's frames are read, how many wrongly, and what a frame costs in processor time: our
// ladder beside plain ZXing-cpp, ZBar and zxing-wasm, on the same frames in one run. missed_1 and missed_2 are per cent of
// the frames with a code of seed 1 and 2; `wrong` counts frames of both; times are of seed 2.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <memory>
#include <numeric>

#include "hal/frame_decoder/decoding_ladder.h"
#include "test_places.h"
#include "tests/bench/camera_frames.h"
#include "tests/bench/qr_anchors.h"

namespace {

using bench::kFrameHeight;
using bench::kFrameWidth;

constexpr std::array kSeeds{1, 2};
// A sixth of them when the bench itself is tried.
const int kShare = std::getenv("LINLI_BENCH_QUICK") != nullptr ? 6 : 1;
const auto kWithCode = static_cast<std::size_t>(bench::kFramesWithCode / kShare);
const std::size_t kFrames = kWithCode + static_cast<std::size_t>(bench::kEmptyFrames / kShare);

struct Outcome {
  double microseconds = 0;
  std::string bytes;
};

std::string folder() {
  const char* const given = std::getenv("LINLI_BENCH_FOLDER");
  return given != nullptr ? given : ".";
}
std::string frames_file(int seed) { return fmt::format("{}/qr_frames_{}.grey", folder(), seed); }

// Rendered once; the payloads stay here, the frames in a file that every decoder reads.
const std::vector<std::string>& payloads(int seed) {
  static std::array<std::vector<std::string>, kSeeds.size()> all;
  auto& mine = all.at(static_cast<std::size_t>(seed - 1));
  if (!mine.empty()) return mine;
  std::ofstream file(frames_file(seed), std::ios::binary);
  for (std::size_t i = 0; i < kFrames; ++i) {
    const auto dice = static_cast<std::uint64_t>(seed);
    auto picture =
        i < kWithCode ? bench::frame_with_code(dice, static_cast<int>(i)) : bench::empty_frame(dice, static_cast<int>(i));
    file.write(reinterpret_cast<const char*>(picture.pixels.data()), static_cast<std::streamsize>(picture.pixels.size()));
    mine.push_back(std::move(picture.payload));
  }
  return mine;
}

double processor_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

using Read = std::function<std::string(hal::GreyView)>;

std::vector<Outcome> read_all(int seed, const Read& read) {
  std::ifstream file(frames_file(seed), std::ios::binary);
  std::vector<std::uint8_t> pixels(std::size_t{kFrameWidth} * kFrameHeight);
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < kFrames; ++i) {
    file.read(reinterpret_cast<char*>(pixels.data()), static_cast<std::streamsize>(pixels.size()));
    const double start = processor_microseconds();
    auto bytes = read({pixels.data(), kFrameWidth, kFrameHeight});
    outcomes.push_back({processor_microseconds() - start, std::move(bytes)});
  }
  return outcomes;
}

double share_of(std::vector<double> times, double share) {
  std::ranges::sort(times);
  return times.empty() ? 0 : times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

double mean_of(const std::vector<double>& times) {
  return std::accumulate(times.begin(), times.end(), 0.0) / static_cast<double>(times.size());
}

using ReadSeed = std::function<std::vector<Outcome>(int)>;

void report(benchmark::State& state, const ReadSeed& read_seed) {
  double wrong = 0;
  for (const int seed : kSeeds) {
    const auto& expected = payloads(seed);
    const auto outcomes = read_seed(seed);
    if (outcomes.size() != kFrames) return state.SkipWithError("the decoder did not look at every frame");
    double missed = 0;
    std::vector<double> with_code, empty;
    for (std::size_t i = 0; i < kFrames; ++i) {
      const auto& [microseconds, bytes] = outcomes[i];
      const bool has_code = i < kWithCode;
      (has_code ? with_code : empty).push_back(microseconds);
      if (has_code && bytes.empty()) ++missed;
      if (!bytes.empty() && bytes != expected[i]) ++wrong;
    }
    state.counters[fmt::format("missed_{}", seed)] = 100 * missed / static_cast<double>(kWithCode);
    state.counters["p50_us"] = share_of(with_code, 0.5);
    state.counters["p95_us"] = share_of(with_code, 0.95);
    state.counters["empty_mean_us"] = mean_of(empty);
  }
  state.counters["wrong"] = wrong;
}

void report_frames(benchmark::State& state, const Read& read) {
  for (auto _ : state) report(state, [&](int seed) { return read_all(seed, read); });
}

std::string bytes_of(const base::Result<std::optional<hal::Symbol>>& reading) {
  return reading && *reading ? (*reading)->bytes : std::string();
}

// Every step on each frame, as for a photograph.
void qr(benchmark::State& state) {
  report_frames(state, [](hal::GreyView frame) { return bytes_of(hal::look_thoroughly(frame)); });
}
BENCHMARK(qr)->Iterations(1);

// One step a frame in turn, as before the camera: what an empty frame costs, on average over the steps.
void qr_in_turn(benchmark::State& state) {
  hal::DecodingLadder ladder;
  report_frames(state, [&](hal::GreyView frame) { return bytes_of(ladder.look(frame)); });
}
BENCHMARK(qr_in_turn)->Iterations(1);

void qr_zxing(benchmark::State& state) { report_frames(state, bench::read_with_zxing); }
BENCHMARK(qr_zxing)->Iterations(1);

void qr_zbar(benchmark::State& state) { report_frames(state, bench::read_with_zbar); }
BENCHMARK(qr_zbar)->Iterations(1);

// A code held before the camera: pictures of it, each a little moved and with other noise, until it is read. Seed 2 only.
// Three decoders see the same pictures: ours as before the camera, one step a frame; every step on each picture, which is
// four times the work; and ZXing-cpp.
constexpr int kPictures = 12;  // within a second
constexpr int kHeldSeed = 2;

struct Holding {
  int missed = 0, wrong = 0;
  double pictures = 0;  // until read, of those read
};

using Readers = std::array<Read, 3>;

Readers readers() {
  const auto ladder = std::make_shared<hal::DecodingLadder>();
  return {[ladder](hal::GreyView frame) { return bytes_of(ladder->look(frame)); },
          [](hal::GreyView frame) { return bytes_of(hal::look_thoroughly(frame)); }, bench::read_with_zxing};
}

void hold_code(int code, std::array<Holding, 3>& all) {
  const Readers reads = readers();
  std::array<bool, 3> seen{};
  for (int number = 0; number < kPictures && !std::ranges::all_of(seen, std::identity{}); ++number) {
    const auto picture = bench::frame_with_code(kHeldSeed, code, number);
    for (std::size_t who = 0; who < all.size(); ++who) {
      if (seen[who]) continue;
      const auto bytes = reads[who]({picture.pixels.data(), kFrameWidth, kFrameHeight});
      if (bytes.empty()) continue;
      seen[who] = true;
      all[who].pictures += number + 1;
      all[who].wrong += bytes != picture.payload;
    }
  }
  for (std::size_t who = 0; who < all.size(); ++who) all[who].missed += !seen[who];
}

void report_held(benchmark::State& state, std::size_t who) {
  static const auto all = [] {
    std::array<Holding, 3> holdings;
    for (std::size_t code = 0; code < kWithCode; ++code) hold_code(static_cast<int>(code), holdings);
    return holdings;
  }();
  for (auto _ : state) benchmark::DoNotOptimize(all);
  const auto codes = static_cast<double>(kWithCode);
  state.counters["missed"] = 100 * all.at(who).missed / codes;
  state.counters["wrong"] = all.at(who).wrong;
  state.counters["pictures_mean"] = all.at(who).pictures / std::max(1.0, codes - all.at(who).missed);
}

void qr_held(benchmark::State& state) { report_held(state, 0); }
BENCHMARK(qr_held)->Iterations(1);
void qr_held_every_step(benchmark::State& state) { report_held(state, 1); }
BENCHMARK(qr_held_every_step)->Iterations(1);
void qr_held_zxing(benchmark::State& state) { report_held(state, 2); }
BENCHMARK(qr_held_zxing)->Iterations(1);

std::string from_hexadecimal(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}

// The npm package that read.cjs has beside it; its times are its own.
std::vector<Outcome> read_with_zxing_wasm(int seed) {
  const auto command = fmt::format("node {}/tests/bench/zxing_wasm/read.cjs {} {} {}", LINLI_SOURCE_DIR, frames_file(seed),
                                   kFrameWidth, kFrameHeight);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> output(popen(command.c_str(), "r"), pclose);
  std::vector<Outcome> outcomes;
  std::array<char, 8192> line{};
  while (output && std::fgets(line.data(), line.size(), output.get()) != nullptr) {
    const std::string_view text(line.data());
    const auto space = text.find(' ');
    if (space == std::string_view::npos) break;
    const auto hexadecimal = text.substr(space + 1, text.find('\n') - space - 1);
    outcomes.push_back({std::atof(line.data()), hexadecimal == "-" ? "" : from_hexadecimal(hexadecimal)});
  }
  return outcomes;
}

void qr_zxing_wasm(benchmark::State& state) {
  for (auto _ : state) report(state, read_with_zxing_wasm);
}
BENCHMARK(qr_zxing_wasm)->Iterations(1);

}  // namespace
