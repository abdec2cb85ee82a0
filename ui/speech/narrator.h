// What there is to say when a picture changes. Pure: compares the tree with the one before and gives the sentences.
//
//   another page   its title, its words in reading order, and, before the first page, how to walk with keys
//   another focus  what it is called, what it holds, whether it is chosen or on, "2 of 5", its hint
//   the same page  what appeared or changed: notices, states, values; of a number that grows only the new digit
//
// The header (clock, hall, connection) is only heard when somebody walks there.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/translations.h"
#include "ui/speech/sentence.h"

namespace ui {

struct Picture {
  const SemanticTree& tree;
  std::string_view page;   // a name that changes when the page does
  std::string_view focus;  // id; empty = none
  kiosk::Language language;
};

class Narrator {
 public:
  explicit Narrator(const kiosk::Translations& translations) : translations_(translations) {}
  ~Narrator() { forget(); }
  Narrator(const Narrator&) = delete;
  Narrator& operator=(const Narrator&) = delete;

  // What is new since the last look; empty when nothing is.
  std::vector<Sentence> look(const Picture& picture);
  // Everything on the page, whatever was said before.
  std::vector<Sentence> whole_page(const Picture& picture) const;
  // The focused node; nothing when there is none.
  std::vector<Sentence> focused(const Picture& picture) const;
  // Overwrites what it remembers of the picture before.
  void forget();

 private:
  struct Seen {
    std::string words;
    std::string value;
    bool selected = false;
  };
  std::vector<Sentence> changes(const Picture& picture) const;
  void change_of(std::vector<Sentence>& to, const SemanticNode& node, const Picture& picture) const;
  void remember(const Picture& picture);
  void add_node(std::vector<Sentence>& to, const SemanticNode& node, const Picture& picture, bool with_state) const;
  void add_state(std::vector<Sentence>& to, const SemanticNode& node, const Picture& picture) const;
  std::string word(std::string_view msgid, const Picture& picture) const { return translations_.text(msgid, picture.language); }

  const kiosk::Translations& translations_;
  std::string page_;
  std::string focus_;
  std::string language_;
  std::map<std::string, Seen> seen_;
  bool began_ = false;  // a page of this visit was read before
};

}  // namespace ui
