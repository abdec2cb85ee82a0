// links: linli_ui linli_kiosk linli_hal linli_typeset
#include <benchmark/benchmark.h>

#include "hal/id_card/person_record.h"
#include "hal/simulated/personas.h"
#include "test_places.h"
#include "tests/bench/percentiles.h"
#include "ui/screens/kiosk_screen.h"

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::year_month_day kToday = std::chrono::year{2026} / 11 / 23;

kiosk::Moment moment(base::Instant instant) { return {instant, {}, kToday, 9, 41}; }

// From the text block of the reader's answer to the masked name in the picture: decode, decide, draw.
void card_answer_to_name(benchmark::State& state) {
  const std::string assets = LINLI_SOURCE_DIR "/assets/";
  const kiosk::Translations translations(assets + "translations");  // English only: .mo files are made by the build
  const kiosk::ServiceList list = kiosk::load_services(assets + "services");
  auto typesetter = typeset::Typesetter::create(assets + "fonts.conf");
  if (!typesetter) return state.SkipWithError("fonts are missing");
  const kiosk::Hall hall{"和平社区便民服务大厅", "Heping Community Hall", "HP-03", "12345", "zh"};
  const base::SystemClock clock;
  base::SystemRandom random;
  base::UuidSource ids(clock, random);
  kiosk::Visit visit(hall, list.services, translations, ids);
  ui::KioskScreen screen(**typesetter, translations, 268.0);
  ui::Surface surface(1080, 1920);
  base::Instant now{1h};
  const hal::TextBlock text = hal::personas(kToday).front().text;
  bench::Percentiles times;
  for (auto _ : state) {
    screen.draw(surface, visit, moment(now));
    times.measure(state, [&] {
      auto person = hal::decode_person(text, kToday);
      if (person) visit.handle(hal::CardReaderEvent{hal::CardRead{*std::move(person)}}, moment(now));
      screen.draw(surface, visit, moment(now));
    });
    if (visit.state().stage != kiosk::Stage::services) return state.SkipWithError("the card was not taken");
    visit.handle(kiosk::StartOver{}, moment(now));
    visit.handle(hal::CardReaderEvent{hal::CardLifted{}}, moment(now));
    now += 10s;
    visit.handle(kiosk::TimePassed{}, moment(now));
    screen.forget();  // the next name is drawn anew
  }
  times.report(state);
}
BENCHMARK(card_answer_to_name)->UseManualTime()->Iterations(200);

}  // namespace
