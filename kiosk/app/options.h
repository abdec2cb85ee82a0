#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

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

// Which pictures of the screens are drawn. An empty list, or neither orientation, means the default.
struct ShotOptions {
  std::filesystem::path folder = "shots";
  std::vector<std::string> languages;  // default: zh en
  std::vector<int> sizes;              // 1 smallest to 4 largest; default: 2
  std::vector<double> inches;          // default: 21.5
  std::vector<int> themes;             // 1 standard, 2 black on white, 3 white on black, 4 low glare; default: 1
  bool portrait = false;
  bool landscape = false;
  bool low = false;     // the low layout, too
  bool voice = false;   // read aloud: with focus ring and caption
  bool steady = false;  // larger buttons, for hands that tremble
};

}  // namespace kiosk
