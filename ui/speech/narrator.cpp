#include "ui/speech/narrator.h"

#include <algorithm>
#include <array>

#include "base/secret.h"
#include "ui/kit/language_tag.h"

namespace ui {
namespace {

// Seconds of a countdown that are worth interrupting somebody.
constexpr std::array<std::string_view, 5> kToldSeconds{"45", "30", "20", "10", "5"};

void append(std::vector<Sentence>& to, std::string_view text, const SemanticNode& node, Privacy privacy) {
  for (Sentence& sentence : sentences_of(text, node.language, privacy)) to.push_back(std::move(sentence));
}

// A field is called the same for everybody; a text is what it says.
Privacy privacy_of_label(const SemanticNode& node) { return node.role == Role::field ? Privacy::open : node.privacy; }

std::string only_digits(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != ' ' && c != '-'; });
  return digits;
}

std::string replaced(std::string text, std::string_view slot, std::string_view value) {
  if (const std::size_t at = text.find(slot); at != std::string::npos) text.replace(at, slot.size(), value);
  return text;
}

}  // namespace

void Narrator::add_state(std::vector<Sentence>& to, const SemanticNode& node, const Picture& picture) const {
  const auto say = [&](std::string_view msgid) {
    to.push_back({word(msgid, picture), language_tag(picture.language), Privacy::open});
  };
  if (node.selected) say("Chosen");
  if (node.role == Role::choice && !node.selected) say("Not chosen");
  if (node.toggle == Toggle::on) say("On");
  if (node.toggle == Toggle::off) say("Off");
  if (node.disabled) say("Not possible yet");
  const Position position = picture.tree.position_of(node);
  if (position.of < 2) return;
  const std::string words =
      replaced(replaced(word("{n} of {m}", picture), "{n}", std::to_string(position.number)), "{m}", std::to_string(position.of));
  to.push_back({words, language_tag(picture.language), Privacy::open});
}

void Narrator::add_node(std::vector<Sentence>& to, const SemanticNode& node, const Picture& picture, bool with_state) const {
  append(to, node.say.empty() ? node.label : node.say, node, privacy_of_label(node));
  append(to, node.value, node, node.privacy);
  if (with_state) add_state(to, node, picture);
  append(to, node.hint, node, node.privacy);
}

std::vector<Sentence> Narrator::whole_page(const Picture& picture) const {
  std::vector<Sentence> sentences;
  const auto order = picture.tree.reading_order();
  for (const SemanticNode* node : order)
    if (node->role == Role::heading) add_node(sentences, *node, picture, false);
  for (const SemanticNode* node : order)
    if (node->zone == Zone::page && node->role != Role::heading && !node->decorative) add_node(sentences, *node, picture, true);
  return sentences;
}

std::vector<Sentence> Narrator::focused(const Picture& picture) const {
  std::vector<Sentence> sentences;
  if (const SemanticNode* node = picture.tree.by_id(picture.focus)) add_node(sentences, *node, picture, true);
  return sentences;
}

void Narrator::change_of(std::vector<Sentence>& to, const SemanticNode& node, const Picture& picture) const {
  const auto found = seen_.find(node.id);
  if (found == seen_.end()) {
    if (node.role == Role::alert || node.role == Role::status) add_node(to, node, picture, true);
    return;
  }
  const Seen& before = found->second;
  if (node.id == "seconds") {
    if (before.words != node.label && std::ranges::find(kToldSeconds, node.label) != kToldSeconds.end())
      append(to, translations_.plural("{n} second left", "{n} seconds left", std::stoi(node.label), picture.language), node,
             Privacy::open);
    return;
  }
  if (before.value != node.value && node.role == Role::field) {
    const std::string now = only_digits(node.value);
    const std::string then = only_digits(before.value);
    const bool grew = now.size() == then.size() + 1 && now.starts_with(then);
    append(to, grew ? now.substr(then.size()) : node.value.empty() ? word("Empty", picture) : node.value, node, node.privacy);
    return;
  }
  if (before.words != node.label + "\n" + node.hint || before.value != node.value || before.selected != node.selected)
    add_node(to, node, picture, true);
}

std::vector<Sentence> Narrator::changes(const Picture& picture) const {
  std::vector<Sentence> sentences;
  for (const SemanticNode* node : picture.tree.reading_order())
    if (node->zone != Zone::header && !node->decorative && node->role != Role::heading && node->id != kVoiceTool)
      change_of(sentences, *node, picture);
  return sentences;
}

std::vector<Sentence> Narrator::look(const Picture& picture) {
  std::vector<Sentence> sentences;
  if (picture.page != page_ || picture.language != language_) {
    sentences = whole_page(picture);
    if (!began_)
      for (Sentence& each : sentences_of(word("With keys: down for the next item, OK to choose.", picture),
                                         language_tag(picture.language), Privacy::open))
        sentences.push_back(std::move(each));
    began_ = true;
  } else {
    sentences = changes(picture);
    if (picture.focus != focus_) sentences = focused(picture);
  }
  remember(picture);
  return sentences;
}

void Narrator::remember(const Picture& picture) {
  page_ = picture.page;
  focus_ = picture.focus;
  language_ = picture.language;
  for (auto& [id, seen] : seen_) {
    base::wipe(seen.words);
    base::wipe(seen.value);
  }
  seen_.clear();
  for (const SemanticNode& node : picture.tree.nodes())
    seen_[node.id] = {node.id == "seconds" ? node.label : node.label + "\n" + node.hint, node.value, node.selected};
}

void Narrator::forget() {
  for (auto& [id, seen] : seen_) {
    base::wipe(seen.words);
    base::wipe(seen.value);
  }
  seen_.clear();
  page_.clear();
  focus_.clear();
  language_.clear();
  began_ = false;
}

}  // namespace ui
