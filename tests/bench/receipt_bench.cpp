// links: linli_hal linli_typeset
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "hal/printer/escpos.h"
#include "hal/printer/receipt_layout.h"
#include "test_places.h"
#include "tests/bench/percentiles.h"

namespace {

const std::string kSource = LINLI_SOURCE_DIR;

// About 1200 rows at 576 dots; receipt_pil.py draws the same texts at the same sizes.
hal::PrintDocument receipt() {
  hal::PrintDocument document;
  document.blocks = {hal::PrintHeading{"和平社区便民服务大厅"},
                     hal::PrintText{"申请回执", false, true},
                     hal::PrintRule{},
                     hal::PrintCode{"7K4-29M-6"},
                     hal::PrintText{"受理号，请保管好", false, true},
                     hal::PrintRule{},
                     hal::PrintField{"事项", "高龄津贴申请", true},
                     hal::PrintField{"申请人", "王𬎆䶮 (****002X)"},
                     hal::PrintField{"住址", "虚构省样例市和平里3号楼2单元501"},
                     hal::PrintField{"电话", "(***1234)"},
                     hal::PrintField{"状态", "已保存，联网后自动送出", true},
                     hal::PrintRule{},
                     hal::PrintQr{"linli:HP-03:7K4-29M-6", {"扫码查进度", "电话 12345"}},
                     hal::PrintRule{},
                     hal::PrintText{"感谢您，慢走。", true, true}};
  return document;
}

// What the driver sends of a picture.
std::size_t pack(const typeset::DotBitmap& picture, int strip_rows) {
  std::size_t bytes = 0;
  for (const auto& strip : hal::escpos::strips(picture, strip_rows)) {
    const auto command = strip.blank ? hal::escpos::feed(strip.count) : hal::escpos::raster(picture, strip.first, strip.count);
    benchmark::DoNotOptimize(command.data());
    bytes += command.size();
  }
  return bytes;
}

struct Bench {
  std::unique_ptr<typeset::Typesetter> typesetter;
  hal::PrinterProfile profile;
};

std::optional<Bench> prepare(benchmark::State& state) {
  auto typesetter = typeset::Typesetter::create(kSource + "/assets/fonts.conf");
  auto profile = hal::load_printer_profile(kSource + "/assets/printers/generic-80mm.json");
  if (typesetter && profile) return Bench{*std::move(typesetter), *std::move(profile)};
  state.SkipWithError("fonts or profile are missing");
  return std::nullopt;
}

void receipt(benchmark::State& state) {
  auto bench = prepare(state);
  if (!bench) return;
  bench::Percentiles times;
  std::size_t bytes = 0;
  int rows = 0;
  for (auto _ : state)
    times.measure(state, [&] {
      const auto picture = hal::lay_out(receipt(), bench->profile, *bench->typesetter);
      rows = picture->height;
      bytes = pack(*picture, bench->profile.strip_rows);
    });
  times.report(state);
  state.counters["rows"] = rows;
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(receipt)->UseManualTime()->Iterations(300);

// The anchor: Pillow draws, thresholds and packs a picture of the same size; its times are its own.
void receipt_pil(benchmark::State& state) {
  auto bench = prepare(state);
  if (!bench) return;
  const auto picture = hal::lay_out(receipt(), bench->profile, *bench->typesetter);
  const auto command =
      fmt::format("/usr/bin/python3 -B {}/tests/bench/receipt_pil.py {} {} 2>&1", kSource, picture->width, picture->height);
  double p50 = 0, bytes = 0;
  for (auto _ : state) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> output(popen(command.c_str(), "r"), pclose);
    if (!output || std::fscanf(output.get(), "%lf %lf", &p50, &bytes) != 2) {
      state.SkipWithError("receipt_pil.py failed; it needs python3-pil and fonts-noto-cjk");
      return;
    }
    state.SetIterationTime(p50 / 1e6);
  }
  state.counters["p50_us"] = p50;
  state.counters["bytes"] = bytes;
}
BENCHMARK(receipt_pil)->UseManualTime()->Iterations(1);

}  // namespace
