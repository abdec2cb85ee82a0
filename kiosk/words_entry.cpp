#include "kiosk/words_entry.h"

#include <algorithm>

namespace kiosk {

bool takes_words(const Question& question, const Session& session) {
  if (question.kind == InputKind::address) return session.part == AddressPart::area;
  return question.kind == InputKind::name || question.kind == InputKind::text;
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_room(const Question& question, const Session& session, std::string_view more) {
  const auto used = count_characters(session.typed.reveal()) + count_characters(more);
  return used <= static_cast<std::size_t>(question.most_characters);
}

bool part_is_right(const Question& question, const Session& session) {
  return !takes_words(question, session) || !session.typed.empty();
}

}  // namespace kiosk
