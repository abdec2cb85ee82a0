// Pages about listening: how the voice speaks, and what the keys are.
#include <fmt/format.h>

#include "ui/screens/screens.h"

namespace ui {
namespace {

using kiosk::VoiceSettings;

struct Setting {
  const char* id;
  std::string label;
  const char* icon;
  std::string value;
  VoiceSettings becomes;
  Toggle toggle = Toggle::none;
};

std::string percent(int rate) { return fmt::format("{} %", kiosk::kRatePercent.at(static_cast<std::size_t>(rate))); }

std::vector<Setting> settings_of(const Page& page) {
  const VoiceSettings now = page.visit.state.voice;
  const auto with = [&now](int rate, int volume) {
    VoiceSettings next = now;
    next.rate += rate;
    next.volume += volume;
    return kiosk::within_limits(next);
  };
  const std::string loudness = fmt::format("{}/{}", now.volume + 1, kiosk::kVolumeDecibels.size());
  VoiceSettings aloud = now;
  aloud.private_aloud = !now.private_aloud;
  VoiceSettings hidden = now;
  hidden.curtain = true;
  VoiceSettings off = now;
  off.on = false;
  return {{"voice/slower", page.words.text("Slower"), "", percent(now.rate), with(-1, 0)},
          {"voice/faster", page.words.text("Faster"), "", percent(now.rate), with(1, 0)},
          {"voice/softer", page.words.text("Softer"), "", loudness, with(0, -1)},
          {"voice/louder", page.words.text("Louder"), "", loudness, with(0, 1)},
          {"voice/private",
           now.private_aloud ? page.words.text("My details aloud: yes") : page.words.text("My details aloud: no"),
           "",
           {},
           aloud,
           now.private_aloud ? Toggle::on : Toggle::off},
          {"voice/curtain", page.words.text("Hide the screen"), "", {}, hidden},
          {"voice/off", page.words.text("Stop reading"), "", {}, off}};
}

GridItem setting_item(Page& page, const Setting& setting) {
  Button spec;
  spec.id = setting.id;
  spec.label = setting.label;
  spec.value = setting.value;
  spec.toggle = setting.toggle;
  Kit& kit = page.kit;
  return {[&kit, spec](int width) { return button_height(kit, spec, width); },
          [&page, spec, becomes = setting.becomes](const Box& box) {
            if (button(page.kit, box, spec)) page.emit(kiosk::SetVoice{becomes});
          }};
}

template <class Event>
GridItem act_item(Page& page, const char* id, std::string label) {
  Button spec;
  spec.id = id;
  spec.label = std::move(label);
  Kit& kit = page.kit;
  return {[&kit, spec](int width) { return button_height(kit, spec, width); },
          [&page, spec](const Box& box) {
            if (button(page.kit, box, spec)) page.emit(Event{});
          }};
}

Footer way_back(const Page& page) {
  return {std::nullopt, true, true, next_button(page.words.text("Go on"), [](Page& p) { p.emit(kiosk::CloseHelp{}); })};
}

}  // namespace

void voice_overlay(Page& page) {
  draw_flow(page, frame_page(page, way_back(page)), [&page](Flow& flow) {
    add_title(page, flow, page.words.text("Reading aloud"));
    add_lead(page, flow, "lead", page.words.text("A headset keeps it private: plug it in and it speaks by itself."));
    // Whoever comes back to a page hears it from its beginning.
    add_grid(page, flow, 1, {act_item<kiosk::CloseHelp>(page, "voice/again", page.words.text("Read the page again"))});
    std::vector<GridItem> items;
    for (const Setting& setting : settings_of(page)) items.push_back(setting_item(page, setting));
    items.push_back(act_item<kiosk::OpenKeys>(page, "voice/keys", page.words.text("Learn the keys")));
    add_grid(page, flow, 2, items);
  });
}

void keys_overlay(Page& page) {
  draw_flow(page, frame_page(page, way_back(page)), [&page](Flow& flow) {
    add_title(page, flow, page.words.text("Learn the keys"));
    add_lead(page, flow, "lead", page.words.text("Press any key: it says its name and does nothing else."));
    add_lead(page, flow, "leave", page.words.text("Press help, or the same choosing key twice, to leave."));
  });
}

}  // namespace ui
