#include "ui/input/stroke_table.h"

#include <iconv.h>

#include <algorithm>
#include <array>

#include "base/files.h"

namespace ui {
namespace {

constexpr std::size_t kLargestTable = 8U * 1024U * 1024U;  // bytes
constexpr std::size_t kLongestCode = 40;                   // strokes

// The rows of GB 2312: level 1 are the 3755 everyday characters.
class Rarity {
 public:
  Rarity() : to_gb2312_(iconv_open("GB2312", "UTF-8")) {}
  ~Rarity() {
    if (usable()) iconv_close(to_gb2312_);
  }
  Rarity(const Rarity&) = delete;
  Rarity& operator=(const Rarity&) = delete;

  std::uint8_t of(std::string_view character) const {
    constexpr unsigned kLevelTwo = 0xD8;
    if (!usable() || character.size() != 3) return 2;
    std::array<char, 4> in{character[0], character[1], character[2], 0};
    std::array<char, 4> out{};
    char* from = in.data();
    char* to = out.data();
    std::size_t left = 3;
    std::size_t room = out.size();
    if (iconv(to_gb2312_, &from, &left, &to, &room) != 0 || left != 0) {
      iconv(to_gb2312_, nullptr, nullptr, nullptr, nullptr);
      return 2;
    }
    return static_cast<unsigned char>(out[0]) < kLevelTwo ? 0 : 1;
  }

 private:
  bool usable() const { return to_gb2312_ != reinterpret_cast<iconv_t>(-1); }  // NOLINT: how iconv says no
  iconv_t to_gb2312_;
};

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCode && text.find_first_not_of(kStrokeKeys) == text.npos;
}

bool is_one_character(std::string_view text) {
  if (text.size() < 3 || text.size() > 4) return false;
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }) == 1;
}

}  // namespace

std::unique_ptr<StrokeTable> StrokeTable::open(const std::filesystem::path& file) {
  auto text = base::read_file(file, kLargestTable);
  if (!text) return nullptr;
  auto table = std::make_unique<StrokeTable>(*std::move(text));
  return table->size() > 0 ? std::move(table) : nullptr;
}

StrokeTable::StrokeTable(std::string text) : text_(std::move(text)) {
  const Rarity rarity;
  std::string_view rest = text_;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto tab = line.find('\t');
    if (tab == line.npos) continue;
    const auto character = line.substr(0, tab);
    const auto strokes = line.substr(tab + 1);
    if (is_one_character(character) && is_code(strokes)) entries_.push_back({strokes, character, rarity.of(character)});
  }
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.strokes < b.strokes; });
}

std::vector<base::Secret> StrokeTable::search(std::string_view strokes, std::size_t most) const {
  std::vector<base::Secret> found;
  if (strokes.empty()) return found;
  const auto begin = std::lower_bound(entries_.begin(), entries_.end(), strokes,
                                      [](const Entry& entry, std::string_view wanted) { return entry.strokes < wanted; });
  std::vector<const Entry*> matches;
  for (auto entry = begin; entry != entries_.end() && entry->strokes.starts_with(strokes); ++entry) matches.push_back(&*entry);
  std::stable_sort(matches.begin(), matches.end(), [&](const Entry* a, const Entry* b) {
    const bool a_whole = a->strokes.size() == strokes.size() && a->rarity < 2;
    const bool b_whole = b->strokes.size() == strokes.size() && b->rarity < 2;
    if (a_whole != b_whole) return a_whole;
    return a->rarity != b->rarity ? a->rarity < b->rarity : a->strokes.size() < b->strokes.size();
  });
  for (const Entry* match : matches) {
    if (found.size() == most) break;
    const bool known =
        std::any_of(found.begin(), found.end(), [&](const auto& each) { return each.reveal() == match->character; });
    if (!known) found.emplace_back(match->character);
  }
  return found;
}

}  // namespace ui
