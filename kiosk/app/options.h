#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace kiosk {

// How the demo and the played visit can be varied from the command line.
struct DemoOptions {
  std::string language = "zh";
  int size = 2;  // text size, 1 (smallest) to 4 (largest)
  std::string service = "senior-allowance";
  std::string card = "eighty_five";  // whose card is laid down; an id of hal::simulated personas
  std::string reader = "sdt";        // or "pcsc": a slot for chip cards in place of the plate
  bool offline = false;
  bool tls = false;
  bool landscape = false;
  bool dock = true;            // the device dock beside the kiosk
  bool print_tree = false;     // what is on the screen, as JSON lines on standard output
  std::filesystem::path data;  // the demo's folder: the queue and the platform
};

}  // namespace kiosk
