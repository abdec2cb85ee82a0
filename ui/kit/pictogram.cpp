#include "ui/kit/pictogram.h"

#include <array>

namespace ui {
namespace {

constexpr std::array kPictograms{
    Pictogram{"account-card-details", U'\uF5D2'},
    Pictogram{"account-circle", U'\uF009'},
    Pictogram{"account-multiple", U'\uF00E'},
    Pictogram{"alert", U'\uF026'},
    Pictogram{"alert-circle", U'\uF028'},
    Pictogram{"arrow-bottom-right", U'\uF043'},
    Pictogram{"arrow-down-bold", U'\uF046'},
    Pictogram{"arrow-left-bold", U'\uF04E'},
    Pictogram{"arrow-right-bold", U'\uF055'},
    Pictogram{"arrow-up-bold", U'\uF05E'},
    Pictogram{"backspace", U'\uF06E'},
    Pictogram{"backup-restore", U'\uF06F'},
    Pictogram{"bank", U'\uF070'},
    Pictogram{"bell-ring", U'\uF09E'},
    Pictogram{"book-open", U'\uF0BD'},
    Pictogram{"broom", U'\uF0E2'},
    Pictogram{"brush", U'\uF0E3'},
    Pictogram{"calendar-clock", U'\uF0F0'},
    Pictogram{"camera", U'\uF100'},
    Pictogram{"cash-multiple", U'\uF116'},
    Pictogram{"cellphone", U'\uF11C'},
    Pictogram{"check", U'\uF12C'},
    Pictogram{"check-circle", U'\uF5E0'},
    Pictogram{"city", U'\uF146'},
    Pictogram{"clock", U'\uF150'},
    Pictogram{"close", U'\uF156'},
    Pictogram{"cloud-check", U'\uF160'},
    Pictogram{"cloud-outline-off", U'\uF164'},
    Pictogram{"cloud-sync", U'\uF63F'},
    Pictogram{"content-save", U'\uF193'},
    Pictogram{"contrast-box", U'\uF196'},
    Pictogram{"database", U'\uF1B8'},
    Pictogram{"dots-horizontal", U'\uF1D8'},
    Pictogram{"exit-to-app", U'\uF206'},
    Pictogram{"file-document", U'\uF219'},
    Pictogram{"flash", U'\uF241'},
    Pictogram{"food", U'\uF25A'},
    Pictogram{"format-size", U'\uF27F'},
    Pictogram{"format-vertical-align-bottom", U'\uF621'},
    Pictogram{"gavel", U'\uF29B'},
    Pictogram{"hand-pointing-right", U'\uF2C7'},
    Pictogram{"heart", U'\uF2D1'},
    Pictogram{"help-circle", U'\uF2D7'},
    Pictogram{"home", U'\uF2DC'},
    Pictogram{"hospital", U'\uF2E0'},
    Pictogram{"human-child", U'\uF2E7'},
    Pictogram{"human-greeting", U'\uF64A'},
    Pictogram{"information", U'\uF2FC'},
    Pictogram{"key", U'\uF306'},
    Pictogram{"keyboard", U'\uF30C'},
    Pictogram{"lan-connect", U'\uF318'},
    Pictogram{"lan-disconnect", U'\uF319'},
    Pictogram{"lightbulb", U'\uF335'},
    Pictogram{"lock", U'\uF33E'},
    Pictogram{"magnify", U'\uF349'},
    Pictogram{"package-variant", U'\uF3D6'},
    Pictogram{"pause", U'\uF3E4'},
    Pictogram{"pencil", U'\uF3EB'},
    Pictogram{"phone", U'\uF3F2'},
    Pictogram{"phone-in-talk", U'\uF3F6'},
    Pictogram{"play", U'\uF40A'},
    Pictogram{"plus", U'\uF415'},
    Pictogram{"power", U'\uF425'},
    Pictogram{"printer", U'\uF42A'},
    Pictogram{"printer-alert", U'\uF42C'},
    Pictogram{"qrcode-scan", U'\uF433'},
    Pictogram{"receipt", U'\uF449'},
    Pictogram{"refresh", U'\uF450'},
    Pictogram{"replay", U'\uF459'},
    Pictogram{"school", U'\uF474'},
    Pictogram{"security", U'\uF483'},
    Pictogram{"send", U'\uF48A'},
    Pictogram{"settings", U'\uF493'},
    Pictogram{"silverware-variant", U'\uF4A6'},
    Pictogram{"stethoscope", U'\uF4D9'},
    Pictogram{"ticket", U'\uF516'},
    Pictogram{"timer-sand", U'\uF51F'},
    Pictogram{"translate", U'\uF5CA'},
    Pictogram{"truck", U'\uF53D'},
    Pictogram{"tune", U'\uF62E'},
    Pictogram{"vector-line", U'\uF55E'},
    Pictogram{"view-grid", U'\uF570'},
    Pictogram{"volume-high", U'\uF57E'},
    Pictogram{"volume-off", U'\uF581'},
    Pictogram{"water", U'\uF58C'},
    Pictogram{"wheelchair-accessibility", U'\uF5A4'},
    Pictogram{"wifi", U'\uF5A9'},
    Pictogram{"wrench", U'\uF5B7'},
};

std::string utf8(char32_t c) {  // three bytes: all of them lie in the private use area
  return {static_cast<char>(0xE0U | c >> 12U), static_cast<char>(0x80U | (c >> 6U & 0x3FU)),
          static_cast<char>(0x80U | (c & 0x3FU))};
}

}  // namespace

std::span<const Pictogram> all_pictograms() { return kPictograms; }

std::string pictogram(std::string_view name) {
  for (const Pictogram& each : kPictograms)
    if (each.name == name) return utf8(each.code_point);
  return name == "file-document" ? std::string() : pictogram("file-document");
}

}  // namespace ui
