#include "ui/input/pinyin.h"

#include <googlepinyin/pinyinime.h>

#include <algorithm>
#include <array>
#include <iterator>

#ifdef __SANITIZE_ADDRESS__
// libgooglepinyin 0.1.2 frees arrays with plain delete; AddressSanitizer can be told so only for the whole program. The kiosk
// has more to tell it (base/wiping_free/).
// NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizer asks for this name
extern "C" __attribute__((weak)) const char* __asan_default_options() { return "alloc_dealloc_mismatch=0"; }
#endif

namespace ui {
namespace {

using ime_pinyin::char16;

constexpr std::size_t kLongestWord = 32;  // characters
bool open_now = false;

void append_utf8(base::Secret& text, unsigned c) {
  std::array<char, 3> bytes{};
  std::size_t size = 0;
  if (c < 0x80U) {
    bytes[size++] = static_cast<char>(c);
  } else if (c < 0x800U) {
    bytes[size++] = static_cast<char>(0xC0U | c >> 6U);
    bytes[size++] = static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    bytes[size++] = static_cast<char>(0xE0U | c >> 12U);
    bytes[size++] = static_cast<char>(0x80U | (c >> 6U & 0x3FU));
    bytes[size++] = static_cast<char>(0x80U | (c & 0x3FU));
  }
  text.append({bytes.data(), size});
}

}  // namespace

std::unique_ptr<Pinyin> Pinyin::open(const std::filesystem::path& dictionary) {
  if (open_now || !ime_pinyin::im_open_decoder(dictionary.c_str(), "/dev/null")) return nullptr;
  open_now = true;
  return std::unique_ptr<Pinyin>(new Pinyin);
}

Pinyin::~Pinyin() {
  ime_pinyin::im_reset_search();
  ime_pinyin::im_close_decoder();
  open_now = false;
}

std::vector<Candidate> Pinyin::search(std::string_view letters) const {
  std::vector<Candidate> candidates;
  ime_pinyin::im_reset_search();
  if (letters.empty()) return candidates;
  const std::size_t found = ime_pinyin::im_search(letters.data(), letters.size());
  const ime_pinyin::uint16* starts = nullptr;
  const std::size_t syllables = ime_pinyin::im_get_spl_start_pos(starts);
  if (syllables == 0) return candidates;
  for (std::size_t i = 0; i < std::min(found, kMostCandidates); ++i) {
    std::array<char16, kLongestWord + 1> word{};
    if (ime_pinyin::im_get_candidate(i, word.data(), kLongestWord) == nullptr) break;
    Candidate candidate;
    std::size_t length = 0;
    for (; length < kLongestWord && word.at(length) != 0; ++length) append_utf8(candidate.text, word.at(length));
    base::wipe(word.data(), sizeof word);
    candidate.used = starts[std::min(length, syllables)];
    if (length > 0) candidates.push_back(std::move(candidate));
  }
  return candidates;
}

}  // namespace ui
