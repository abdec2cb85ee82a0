// Everything that can happen to a visit. Resident events are presses on the screen or keypad; the others come from
// devices, the courier and the clock.
#pragma once

#include <string>
#include <variant>

#include "hal/card_reader.h"
#include "hal/code_scanner.h"
#include "hal/printer.h"
#include "kiosk/local_text.h"
#include "offline_cache/courier.h"

namespace kiosk {

enum class TextStep : std::uint8_t { small, normal, large, largest };  // 10, 12, 16, 24 mm em

struct BrowseServices {};  // go on without a card
struct ChooseService {
  std::string id;
};
struct ChooseOption {
  std::size_t index = 0;
};  // selects; Next confirms
struct PressDigit {
  char digit = '0';
};
struct EraseDigit {};
struct ClearDigits {};
struct Next {};
struct Skip {};  // optional questions
struct Back {};
struct StartOver {};  // ends the visit and wipes
struct ChangeAnswer {
  std::string question;
};  // from the check page, and back to it
struct SubmitApplication {};
struct AnotherService {};  // after a receipt, same person
struct Done {};
struct StillHere {};  // answers "are you still there?" and "you took your card"
struct OpenHelp {};
struct CloseHelp {};
struct PrintAgain {};   // after not printed or unknown; a copy says so
struct PaperIsHere {};  // the resident has the paper although the printer could not say
struct SetLanguage {
  Language language;
};
struct SetTextStep {
  TextStep step = TextStep::normal;
};
struct Touched {};     // any touch or key that did nothing else: somebody is there
struct TimePassed {};  // Visit::deadline() has come

using Event = std::variant<BrowseServices, ChooseService, ChooseOption, PressDigit, EraseDigit, ClearDigits, Next, Skip, Back,
                           StartOver, ChangeAnswer, SubmitApplication, AnotherService, Done, StillHere, OpenHelp, CloseHelp,
                           PrintAgain, PaperIsHere, SetLanguage, SetTextStep, Touched, TimePassed, hal::CardReaderEvent,
                           hal::CodeScannerEvent, hal::PrinterEvent, offline_cache::CourierEvent>;

}  // namespace kiosk
