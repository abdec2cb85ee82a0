// What is to stand on the paper, without saying how: the printer's driver lays it out for its own width.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace hal {

struct PrintHeading {  // the largest ordinary line, bold, centred
  std::string text;
};
struct PrintText {
  std::string text;
  bool bold = false;
  bool centred = false;
};
struct PrintCode {  // receipt code or ticket number, on one line
  std::string text;
  double digit_mm = 12;  // height of its digits, or what the width allows
};
struct PrintField {  // "label  value", values aligned under each other
  std::string label;
  std::string value;
  bool bold = false;
};
struct PrintRule {};  // a dashed line across
struct PrintQr {      // a QR code with lines of text beside it
  std::string payload;
  std::vector<std::string> beside;
};

using PrintBlock = std::variant<PrintHeading, PrintText, PrintCode, PrintField, PrintRule, PrintQr>;

struct PrintDocument {
  std::string language = "zh-Hans";  // BCP 47
  std::vector<PrintBlock> blocks;
};

}  // namespace hal
