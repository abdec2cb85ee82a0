// The ways to write words on the screen, and what is being written: strokes on the pad, letters or stroke keys, and the
// proposals for them. All of it is personal and is overwritten by forget(). Engines are opened when first used and closed by
// forget(); an engine whose data is not installed is simply not offered.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/secret.h"
#include "kiosk/event.h"
#include "ui/input/handwriting.h"
#include "ui/input/ink.h"
#include "ui/input/pinyin.h"
#include "ui/input/stroke_table.h"

namespace ui {

struct InputData {  // where Debian installs it
  std::filesystem::path handwriting = "/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model";
  std::filesystem::path pinyin = LINLI_PINYIN_DICTIONARY;
  std::filesystem::path strokes = "/usr/share/rime-data/stroke.dict.yaml";
};

class InputMethods {
 public:
  explicit InputMethods(InputData data = {});

  // Whether its data is installed; looked up once. A scan is not an input method: always false.
  bool offers(kiosk::TextWay way) const;
  // Begins anew when it is another way than before.
  void turn_to(std::optional<kiosk::TextWay> way);

  Ink& ink() { return ink_; }
  void written(int width, int height);  // a stroke was ended or taken back, on a pad of that size
  std::string_view spelled() const { return spelled_.reveal(); }
  void spell(char key);
  void unspell();  // the last key
  void clear();

  const std::vector<Candidate>& candidates() const { return candidates_; }
  // The text of a candidate; what it was made from is used up.
  base::Secret take(std::size_t index);
  int page = 0;  // of the candidates

  void forget();

 private:
  void search();

  InputData data_;
  bool has_[3] = {};
  std::optional<kiosk::TextWay> way_;
  std::unique_ptr<Handwriting> handwriting_;
  std::unique_ptr<Pinyin> pinyin_;
  std::unique_ptr<StrokeTable> strokes_;
  Ink ink_;
  base::Secret spelled_;
  std::vector<Candidate> candidates_;
};

}  // namespace ui
