#include "kiosk/app/demo_reader.h"

#include <array>
#include <utility>

#include "hal/id_card/sdt_card_reader.h"
#include "hal/pcsc/pcsc_card_reader.h"
#include "hal/simulated/personas.h"
#include "hal/simulated/sam_module.h"
#include "hal/simulated/simulated_card_service.h"
#include "hal/simulated/simulated_transport.h"
#include "kiosk/app/kiosk.h"

namespace kiosk {
namespace {

hal::TodayProvider today_of(const base::Clock& clock) {
  return [&clock] { return local_moment(clock).date; };
}

class Plate final : public DemoReader {
 public:
  explicit Plate(std::chrono::year_month_day today) : personas_(hal::personas(today)) {}

  std::vector<ui::DockCard> cards() const override {
    std::vector<ui::DockCard> cards;
    for (const auto& persona : personas_)
      cards.push_back({persona.id, LocalText({{"zh", persona.label_zh}, {"en", persona.label_en}})});
    return cards;
  }
  void lay(std::size_t card) override { module_->lay_card(personas_.at(card).text); }
  void lift() override { module_->lift_card(); }
  void plug(bool plugged) override { plugged ? module_->plug() : module_->unplug(); }
  std::string driver() const override { return "sdt"; }
  std::unique_ptr<hal::CardReader> make(const base::Clock& clock, hal::CardReaderSink sink) const override {
    return hal::make_sdt_card_reader(hal::make_simulated_transport(module_), clock, today_of(clock), std::move(sink));
  }

 private:
  const std::vector<hal::Persona> personas_;
  const std::shared_ptr<hal::SamModule> module_ = std::make_shared<hal::SamModule>();
};

struct ChipCard {
  const char* words;  // of the model
  const char* zh;
  const char* en;
};
constexpr std::array kChipCards{ChipCard{"insert holder", "社会保障卡 测试己", "Social security card 1"},
                                ChipCard{"insert other", "社会保障卡 样本·庚辛", "Social security card 2"},
                                ChipCard{"insert nhi", "台湾健保卡 測試子", "Taiwan health card"},
                                ChipCard{"insert estonian", "爱沙尼亚身份证", "Estonian eID"},
                                ChipCard{"insert belgian", "比利时身份证", "Belgian eID"},
                                ChipCard{"insert unknown", "银行卡", "A bank card"}};

class Slot final : public DemoReader {
 public:
  std::vector<ui::DockCard> cards() const override {
    std::vector<ui::DockCard> cards;
    for (const auto& card : kChipCards) cards.push_back({card.words, LocalText({{"zh", card.zh}, {"en", card.en}})});
    return cards;
  }
  void lay(std::size_t card) override { (void)card_->control(kChipCards.at(card).words).ok(); }
  void lift() override { card_->pull(); }
  void plug(bool plugged) override { service_->plug_reader(plugged); }
  std::string driver() const override { return "pcsc"; }
  std::unique_ptr<hal::CardReader> make(const base::Clock& clock, hal::CardReaderSink sink) const override {
    return hal::make_pcsc_card_reader(service_->system(), clock, today_of(clock), std::move(sink));
  }

 private:
  const std::shared_ptr<hal::SmartCardModel> card_ = std::make_shared<hal::SmartCardModel>();
  const std::shared_ptr<hal::SimulatedCardService> service_ = hal::make_simulated_card_service(card_);
};

}  // namespace

std::unique_ptr<DemoReader> make_demo_reader(const std::string& kind, std::chrono::year_month_day today) {
  if (kind == "pcsc") return std::make_unique<Slot>();
  return std::make_unique<Plate>(today);
}

}  // namespace kiosk
