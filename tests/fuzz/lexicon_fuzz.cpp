// links: linli_ui
// Any bytes as a lexicon; what is accepted is applied to the same bytes, and to itself.
#include <cstdint>
#include <cstdlib>

#include "ui/speech/lexicon.h"
#include "ui/speech/sentence.h"
#include "ui/speech/spoken_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes as text
  const auto lexicon = ui::Lexicon::read(text);
  const std::string spoken = ui::spoken_text(text, size % 2 == 0 ? "zh-Hans" : "en");
  std::size_t total = 0;
  for (const ui::Sentence& sentence : ui::sentences_of(text, "en", ui::Privacy::open)) {
    if (sentence.text.empty()) std::abort();
    total += sentence.text.size();
  }
  if (total > size) std::abort();
  if (lexicon) (void)lexicon->applied_to(spoken);
  return 0;
}
