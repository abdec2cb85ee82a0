// links: linli_ui linli_kiosk linli_hal linli_typeset
// What a picture costs: all of it again, in another text size, in another language; beside copying a picture's pixels and
// beside setting the same texts with the text engine alone and a frame of which every text is kept.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>

#include "test_places.h"
#include "tests/bench/percentiles.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace {

constexpr int kWidth = 1080;
constexpr int kHeight = 1920;
constexpr double kWidthMm = 268.0;
constexpr int kRounds = 100;

// The services page, drawn as a resident without a card meets it.
class Menu {
 public:
  Menu() {
    if (!typesetter_) return;
    screen_ = std::make_unique<ui::KioskScreen>(**typesetter_, translations_, kWidthMm);
    for (ui::Scene& scene : ui::all_scenes(list_.services))
      if (scene.name == "services") scene_ = std::move(scene);
  }
  bool ready() const { return screen_ && scene_; }
  ui::KioskScreen& screen() { return *screen_; }
  kiosk::VisitState& state() { return scene_->state; }
  typeset::Typesetter& typesetter() { return **typesetter_; }
  void draw() { screen_->draw(surface_, scene_->view(hall_, list_.services), ui::gallery_moment()); }

 private:
  const std::string assets_ = LINLI_SOURCE_DIR "/assets/";
  const kiosk::Translations translations_{LINLI_BINARY_DIR "/share/linli/translations"};
  const kiosk::ServiceList list_ = kiosk::load_services(assets_ + "services");
  const kiosk::Hall hall_{"和平社区便民服务大厅", "Heping Community Hall", "HP-03", "12345", "zh"};
  base::Result<std::unique_ptr<typeset::Typesetter>> typesetter_ = typeset::Typesetter::create(assets_ + "fonts.conf");
  std::unique_ptr<ui::KioskScreen> screen_;
  std::optional<ui::Scene> scene_;
  ui::Surface surface_{kWidth, kHeight};
};

void full_frame(benchmark::State& state) {
  Menu menu;
  if (!menu.ready()) return state.SkipWithError("fonts or services are missing");
  menu.draw();
  bench::Percentiles times;
  for (auto _ : state) {
    menu.screen().repaint();
    times.measure(state, [&] { menu.draw(); });
  }
  times.report(state);
}
BENCHMARK(full_frame)->UseManualTime()->Iterations(kRounds);

// Copy and put: the least that showing a picture costs.
void frame_copied_twice(benchmark::State& state) {
  const ui::Surface from(kWidth, kHeight);
  ui::Surface made(kWidth, kHeight);
  ui::Surface put(kWidth, kHeight);
  bench::Percentiles times;
  const std::size_t bytes = sizeof(ui::Pixel) * kWidth * kHeight;
  for (auto _ : state)
    times.measure(state, [&] {
      std::memcpy(made.row(0), from.row(0), bytes);
      std::memcpy(put.row(0), made.row(0), bytes);
      benchmark::ClobberMemory();
    });
  times.report(state);
}
BENCHMARK(frame_copied_twice)->UseManualTime()->Iterations(kRounds);

void another_text_size(benchmark::State& state) {
  Menu menu;
  if (!menu.ready()) return state.SkipWithError("fonts or services are missing");
  int step = 0;
  bench::Percentiles times;
  for (auto _ : state) {
    menu.screen().forget();  // no text of this size is left from the round before
    menu.state().text_step = static_cast<kiosk::TextStep>(++step % 4);
    times.measure(state, [&] { menu.draw(); });
  }
  times.report(state);
}
BENCHMARK(another_text_size)->UseManualTime()->Iterations(kRounds);

void another_language(benchmark::State& state) {
  Menu menu;
  if (!menu.ready()) return state.SkipWithError("fonts or services are missing");
  bool english = false;
  bench::Percentiles times;
  for (auto _ : state) {
    menu.screen().forget();
    menu.state().language = (english = !english) ? "en" : "zh";
    times.measure(state, [&] { menu.draw(); });
  }
  times.report(state);
}
BENCHMARK(another_language)->UseManualTime()->Iterations(kRounds);

// The least that a page of new texts costs: each of its texts and icons once, as the page sets it, by the text engine alone;
// and a frame of which every text is there.
void texts_and_frame(benchmark::State& state) {
  Menu menu;
  if (!menu.ready()) return state.SkipWithError("fonts or services are missing");
  std::vector<std::vector<std::pair<std::string, typeset::TextStyle>>> texts(2);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    menu.state().language = i == 0 ? "en" : "zh";
    menu.screen().watch_texts([&](const ui::Kit::DrawnText& drawn) {
      const std::pair one(std::string(drawn.text), drawn.style);
      if (std::ranges::find(texts[i], one) == texts[i].end()) texts[i].push_back(one);
    });
    menu.draw();
    menu.screen().watch_texts({});
  }
  std::size_t round = 0;
  bench::Percentiles times;
  for (auto _ : state) {
    const auto& now = texts[round++ % texts.size()];
    menu.screen().repaint();
    times.measure(state, [&] {
      for (const auto& [text, style] : now) benchmark::DoNotOptimize(menu.typesetter().draw(text, style));
      menu.draw();
    });
  }
  times.report(state);
}
BENCHMARK(texts_and_frame)->UseManualTime()->Iterations(kRounds);

}  // namespace
