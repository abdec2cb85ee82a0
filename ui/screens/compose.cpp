// Writing words: with the finger, by their sound, or by their strokes. Proposals above, the pad below (or at the right).
#include <array>

#include "base/secret.h"
#include "kiosk/words_entry.h"
#include "ui/input/input_methods.h"
#include "ui/screens/entry_page.h"
#include "ui/screens/key_pages.h"

namespace ui {
namespace {

using kiosk::TextWay;

constexpr double kFieldHeight = 26.0;  // mm
constexpr double kProposal = 22.0;     // mm high
constexpr int kProposalColumns = 4;
constexpr int kProposalRows = 2;
constexpr std::size_t kShownCharacters = 14;  // of the entry's end
constexpr double kStrokeKey = 40.0;           // mm high

double proposal_height(const Kit& kit) { return std::max(kProposal, kit.least_target()); }

struct StrokeKey {
  char key;
  const char* sign;
};
constexpr std::array<StrokeKey, 5> kStrokes{{{'h', "一 横"}, {'s', "丨 竖"}, {'p', "丿 撇"}, {'n', "丶 捺"}, {'z', "乛 折"}}};

TextWay way_of(const Page& page) { return *page.visit.state.session->way; }

// The end of what was entered: that is where something is added.
std::string tail(std::string_view text) {
  std::size_t begin = text.size();
  for (std::size_t left = kShownCharacters; begin > 0 && left > 0;) {
    --begin;
    if ((static_cast<unsigned char>(text[begin]) & 0xC0U) != 0x80U) --left;
  }
  return (begin > 0 ? "…" : "") + std::string(text.substr(begin));
}

std::string spelled_words(const Page& page) {
  std::string shown;
  if (way_of(page) != TextWay::strokes) return std::string(page.input.spelled());
  for (const char key : page.input.spelled())
    for (const StrokeKey& stroke : kStrokes)
      if (stroke.key == key) shown += std::string(stroke.sign).substr(0, 3);
  return shown;
}

Box cell(const Kit& kit, const Box& box, int columns, int rows, int index) {
  const int gap = kit.gap();
  const int w = (box.w - (columns - 1) * gap) / columns;
  const int h = (box.h - (rows - 1) * gap) / rows;
  return {box.x + index % columns * (w + gap), box.y + index / columns * (h + gap), w, h};
}

// The visit hears that somebody is there.
bool quiet_key(Page& page, const Box& box, const std::string& id, const std::string& label, const char* icon = "") {
  if (!key(page.kit, box, "key/" + id, label, icon)) return false;
  page.emit(kiosk::Touched{});
  return true;
}

void proposal(Page& page, const Box& box, std::size_t index) {
  std::string label(page.input.candidates()[index].text.reveal());
  const bool pressed = key(page.kit, box, "proposal/" + std::to_string(index), label);
  base::wipe(label);
  if (pressed) page.emit(kiosk::TypeText{page.input.take(index)});
}

// Eight, or six and a way to the next six.
void proposals(Page& page, const Box& box) {
  constexpr int kCells = kProposalColumns * kProposalRows;
  const auto count = static_cast<int>(page.input.candidates().size());
  const bool paged = count > kCells;
  const int per_page = paged ? kCells - 1 : kCells;
  const int first = page.input.page * per_page;
  for (int i = 0; i < per_page; ++i) {
    if (first + i >= static_cast<int>(page.input.candidates().size())) break;  // one was taken in this frame
    proposal(page, cell(page.kit, box, kProposalColumns, kProposalRows, i), static_cast<std::size_t>(first + i));
  }
  if (!paged) return;
  const int pages = (count + per_page - 1) / per_page;
  const std::string more = page.words.text("More") + " " + std::to_string(page.input.page + 1) + "/" + std::to_string(pages);
  if (quiet_key(page, cell(page.kit, box, kProposalColumns, kProposalRows, kCells - 1), "proposals", more, "arrow-down-bold"))
    page.input.page = (page.input.page + 1) % pages;
}

void erase(Page& page) {
  if (page.input.spelled().empty())
    page.emit(kiosk::EraseDigit{});
  else
    page.emit(kiosk::Touched{});
  page.input.unspell();
}

void erase_key(Page& page, const Box& box) {
  if (key(page.kit, box, "key/erase", page.words.text("Erase"), "backspace")) erase(page);
}

// Letters or strokes; a key only changes what is being written.
void spelling_keys(Page& page, const Box& box, int columns, const std::vector<std::pair<char, std::string>>& letters) {
  const auto quiet = [&page](auto change) {
    return [&page, change] {
      page.emit(kiosk::Touched{});
      change();
    };
  };
  std::vector<GridKey> keys;
  for (const auto& [letter, label] : letters)
    keys.push_back({std::string("key/") + letter, label, {}, quiet([&page, sign = letter] { page.input.spell(sign); })});
  key_pages(page, box, columns, keys,
            {{"key/clear", page.words.text("Clear"), "close", quiet([&page] { page.input.clear(); })},
             {"key/erase", page.words.text("Erase"), "backspace", [&page] { erase(page); }}});
}

void letters(Page& page, const Box& box) {
  std::vector<std::pair<char, std::string>> keys;
  for (char letter = 'a'; letter <= 'z'; ++letter) keys.emplace_back(letter, letter == 'v' ? "ü" : std::string(1, letter));
  spelling_keys(page, box, 7, keys);
}

void stroke_keys(Page& page, const Box& box) {
  std::vector<std::pair<char, std::string>> keys;
  for (const StrokeKey& stroke : kStrokes) keys.emplace_back(stroke.key, stroke.sign);
  const int height = std::min(box.h, 2 * page.kit.px(kStrokeKey) + page.kit.gap());
  spelling_keys(page, {box.x, box.y, box.w, height}, 4, keys);
}

void writing(Page& page, const Box& box) {
  const int gap = page.kit.gap();
  const int low = page.kit.px(proposal_height(page.kit));
  const Box pad{box.x, box.y, box.w, box.h - low - gap};
  if (ink_pad(page.kit, pad, "ink", page.words.text("Write one character here"), page.input.ink()))
    page.input.written(pad.w, pad.h);
  const Box below{box.x, pad.bottom() + gap, box.w, low};
  if (quiet_key(page, cell(page.kit, below, 3, 1, 0), "undo", page.words.text("Undo"))) {
    page.input.ink().undo();
    page.input.written(pad.w, pad.h);
  }
  if (quiet_key(page, cell(page.kit, below, 3, 1, 1), "clear", page.words.text("Wipe"))) page.input.clear();
  erase_key(page, cell(page.kit, below, 3, 1, 2));
}

void pad(Page& page, const Box& box) {
  if (way_of(page) == TextWay::handwriting) return writing(page, box);
  if (way_of(page) == TextWay::pinyin) return letters(page, box);
  stroke_keys(page, box);
}

int least_pad(const Page& page) {
  const Kit& kit = page.kit;
  if (way_of(page) == TextWay::handwriting) return kit.px(90.0);
  if (way_of(page) == TextWay::pinyin) return 4 * kit.px(kit.least_target()) + 3 * kit.gap();
  return 2 * kit.px(proposal_height(kit)) + kit.gap();
}

// Question, field and proposals in `box`; returns where they end.
int head(Page& page, const Box& box, const kiosk::Question& question) {
  Kit& kit = page.kit;
  const int gap = kit.gap();
  const int field_h = kit.px(kFieldHeight);
  const int proposals_h = kProposalRows * kit.px(proposal_height(kit)) + gap;
  const int y = question_text(page, {box.x, box.y, box.w, box.h - field_h - proposals_h - 2 * gap}, question) + gap;
  entry_field(page, {box.x, y, box.w, field_h}, question, tail(page.visit.state.session->typed.reveal()), spelled_words(page));
  proposals(page, {box.x, y + field_h + gap, box.w, proposals_h});
  return y + field_h + gap + proposals_h;
}

}  // namespace

void compose_screen(Page& page) {
  const kiosk::Question& question = *page.visit.question;
  const FooterButton on =
      entry_way_on(page, question, page.visit.state.session->typed.empty(), page.words.text("Write something"));
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, on}));
  const int gap = page.kit.gap();
  if (area.w > area.h) {
    const int half = (area.w - 2 * gap) / 2;
    head(page, {area.x, area.y, half, area.h}, question);
    return pad(page, {area.x + half + 2 * gap, area.y, half, area.h});
  }
  const int top = head(page, {area.x, area.y, area.w, area.h - least_pad(page) - gap}, question) + gap;
  pad(page, {area.x, top, area.w, area.bottom() - top});
}

}  // namespace ui
