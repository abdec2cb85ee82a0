// The device dock of the demo: what stands beside the kiosk and what can be done to it. Values only; the wiring keeps them
// true and carries the actions out.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/local_text.h"
#include "typeset/bitmap.h"

namespace ui {

struct DockCard {
  std::string id;  // "R1", "eighty_five"
  kiosk::LocalText label;
};

struct DockCode {  // printed on something that can be held before the scanner
  std::string id;
  kiosk::LocalText label;
};

struct DockModel {
  std::vector<DockCard> cards;
  std::vector<DockCode> codes;
  std::optional<std::size_t> laid;          // which card lies on the reader
  std::vector<typeset::DotBitmap> tickets;  // papers that came out, oldest first
  bool paper_loaded = true;
  bool cover_closed = true;
  bool reader_plugged = true;
  bool scanner_plugged = true;
  bool printer_plugged = true;
  bool camera_plugged = true;
  bool document_lies = false;  // below the camera
  bool network_on = true;
  bool headset_plugged = false;
  std::vector<std::string> received;  // what the platform has received, newest first, one line each
};

struct LayCard {
  std::size_t card = 0;
};
struct LiftCard {};
struct ShowCode {
  std::size_t code = 0;
};
struct LoadPaper {
  bool loaded = true;
};
struct CloseCover {
  bool closed = true;
};
struct PlugReader {
  bool plugged = true;
};
struct PlugScanner {
  bool plugged = true;
};
struct PlugPrinter {
  bool plugged = true;
};
struct PlugCamera {
  bool plugged = true;
};
struct LayDocument {
  unsigned page = 0;  // 0: it is taken away
};
struct SwitchNetwork {
  bool on = true;
};

struct PlugHeadset {
  bool plugged = true;
};

using DockAction = std::variant<LayCard, LiftCard, ShowCode, LoadPaper, CloseCover, PlugReader, PlugScanner, PlugPrinter,
                                PlugCamera, LayDocument, SwitchNetwork, PlugHeadset>;

}  // namespace ui
