// Everything that can happen to a visit. Resident events are presses on the screen or keypad; the others come from
// devices, the courier and the clock.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "hal/camera.h"
#include "hal/card_reader.h"
#include "hal/code_scanner.h"
#include "hal/printer.h"
#include "kiosk/address_parts.h"
#include "kiosk/local_text.h"
#include "kiosk/service_category.h"
#include "kiosk/voice_settings.h"
#include "offline_cache/courier.h"
#include "offline_cache/registrar.h"

namespace kiosk {

enum class TextStep : std::uint8_t { small, normal, large, largest };  // 10, 12, 16, 24 mm em

// Contrast: at least 10:1, 20:1 twice, and 4.5:1 to 8:1 without glare (VVSG 2.0 7.1-C/D).
enum class Theme : std::uint8_t { standard, black_on_white, white_on_black, low_glare };

struct Offer;  // kiosk/offer.h

struct BrowseServices {};  // go on without a card
struct ChooseService {
  std::string id;
};
struct ChooseCategory {
  Category category = Category::other;
};
struct OpenStatus {};   // "my earlier applications"
struct TypeReceipt {};  // the receipt's code by hand instead of the scanner
struct OpenWindows {};  // "take a number": which window?
struct ChooseOption {
  std::size_t index = 0;
};  // selects, or marks and unmarks one of several; Next confirms
struct PressDigit {
  char digit = '0';  // or X
};
struct EraseDigit {};   // the last digit or character
struct ClearDigits {};  // everything that was entered
// How words are given, the least trouble first. Which of them a page offers is its own matter.
enum class TextWay : std::uint8_t { scan, handwriting, pinyin, strokes };
struct ChooseWay {
  TextWay way = TextWay::handwriting;
};
struct ChoosePhrase {
  std::size_t index = 0;
};  // the whole entry is this phrase
struct TypeText {
  base::Secret text;
};  // at the end of the entry
struct Sign {
  base::Secret path;
};  // the signature as it is now; empty = wiped off
// Of a `photo` question: the camera is switched on, for the first page or one more; what it sees now is the photograph, which is
// kept or dropped. What was kept last is dropped likewise.
struct AimCamera {};
struct TakePhoto {};
struct KeepPhoto {};
struct DropPhoto {};
struct CorrectPart {
  AddressPart part = AddressPart::area;
};
struct LeaveToStaff {};  // "ask staff to fill this in"
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
struct OpenVoice {};    // the page on which reading aloud is set
struct OpenKeys {};     // the page on which keys are tried out
struct CloseHelp {};    // and these two
struct PrintAgain {};   // after not printed or unknown; a copy says so
struct PaperIsHere {};  // the resident has the paper although the printer could not say
struct SetLanguage {
  Language language;
};
struct SetTextStep {
  TextStep step = TextStep::normal;
};
struct SetTheme {
  Theme theme = Theme::standard;
};
struct SetLowLayout {
  bool low = false;  // what can be pressed stands 800 to 1 100 mm above the floor
};
struct SetSteady {
  bool steady = false;  // larger targets, further apart, and longer guards against a second touch: for hands that tremble
};
struct ResetSettings {};  // text size, theme and layout as at the start; the language, which is read, stays
struct OpenStaff {};      // from the help page; asks for the staff's PIN
struct CloseStaff {};
enum class StaffAction : std::uint8_t { test_print, send_now, check_reader, close_hall, open_hall };
struct DoStaff {
  StaffAction action = StaffAction::send_now;
};
struct StaffPinChecked {  // the answer to CheckStaffPin
  bool right = false;
  std::chrono::seconds locked_for{0};  // until the next try is looked at
};
struct SetVoice {
  VoiceSettings settings;
};
struct HeadsetChanged {
  bool plugged = false;
};
struct Speaking {  // from the voice: it began or came to its end
  bool now = false;
};
// A part of the terminal that has no driver of its own.
enum class OwnPart : std::uint8_t { touch, sound };
struct OwnPartIs {
  OwnPart part = OwnPart::touch;
  std::optional<base::Failure> failure;
};
struct Touched {};     // any touch or key that did nothing else: somebody is there
struct TimePassed {};  // Visit::deadline() has come

// What the hall offers has changed; used from the next visit on.
struct OfferChanged {
  std::shared_ptr<const Offer> offer;  // shared with the screens that draw the visit it began with
};

using Event =
    std::variant<BrowseServices, ChooseService, ChooseCategory, OpenStatus, TypeReceipt, OpenWindows, ChooseOption, PressDigit,
                 EraseDigit, ClearDigits, ChooseWay, ChoosePhrase, TypeText, Sign, CorrectPart, LeaveToStaff, AimCamera,
                 TakePhoto, KeepPhoto, DropPhoto, Next, Skip, Back, StartOver, ChangeAnswer, SubmitApplication, AnotherService,
                 Done, StillHere, OpenHelp, OpenVoice, OpenKeys, CloseHelp, PrintAgain, PaperIsHere, SetLanguage, SetTextStep,
                 SetTheme, SetLowLayout, SetSteady, ResetSettings, OpenStaff, CloseStaff, DoStaff, StaffPinChecked, SetVoice,
                 HeadsetChanged, Speaking, OwnPartIs, Touched, TimePassed, hal::CardReaderEvent, hal::CodeScannerEvent,
                 hal::PrinterEvent, hal::CameraEvent, offline_cache::CourierEvent, offline_cache::RegistrarEvent, OfferChanged>;

}  // namespace kiosk
