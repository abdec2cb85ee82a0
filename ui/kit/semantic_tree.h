// What a frame means: one node for everything a resident can read or press. Speech, keypad, tests and the accessibility
// audit read this instead of pixels. Roles are a subset of AccessKit's.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ui/kit/box.h"

namespace ui {

enum class Role : std::uint8_t { heading, text, button, choice, field, image, alert, status, group };

enum class Privacy : std::uint8_t {
  open,
  personal,  // a value of the resident's in clear
  masked,    // a value of the resident's, shortened so that others learn nothing
};

// Where on the page, in the order of reading: what the page is about comes before the frame around it.
enum class Zone : std::uint8_t { page, actions, tools, header };

// Of what can be switched: said in words, "on" or "off", without operating it (EN 301 549 5.6).
enum class Toggle : std::uint8_t { none, off, on };

// The id of the button by which the voice waits, goes on and repeats. Its label follows the voice, which therefore does not tell
// of it.
inline constexpr const char* kVoiceTool = "voice-control";

struct SemanticNode {
  std::string id;  // stable from frame to frame, "check/change/phone"
  Role role = Role::text;
  std::string label;      // what it is called; for text, what it says
  std::string value;      // what is entered or chosen; may be empty
  std::string hint;       // a second line; may be empty
  std::string say;        // spoken instead of the label; empty = the label. Written for the ear, in `language`
  std::string group;      // nodes of one group are counted, "2 of 5"; empty = not counted
  std::string describes;  // id of the node this one tells about: an error and its field; may be empty
  std::string language;   // BCP 47 of label and value
  Box box;                // pixels
  bool disabled = false;
  bool selected = false;
  bool focused = false;
  bool pressed = false;
  Toggle toggle = Toggle::none;
  Zone zone = Zone::page;
  Privacy privacy = Privacy::open;
  int order = 0;            // in which it was drawn, from 0
  bool decorative = false;  // adds nothing to what the words beside it say

  bool interactive() const { return role == Role::button || role == Role::choice; }
};

struct Position {
  int number = 0;  // from 1; 0 = not counted
  int of = 0;
};

class SemanticTree {
 public:
  ~SemanticTree() { clear(); }
  void add(SemanticNode node);  // sets `order`
  void clear();                 // overwrites what is personal

  const std::vector<SemanticNode>& nodes() const { return nodes_; }
  // The first pressable node of that label or id, preferring one that is not disabled; null when there is none.
  const SemanticNode* find(std::string_view label_or_id) const;
  const SemanticNode* by_id(std::string_view id) const;  // null when there is none
  // The nodes as they are read and walked through: by zone, then as they were drawn. Valid until the tree changes.
  std::vector<const SemanticNode*> reading_order() const;
  Position position_of(const SemanticNode& node) const;
  // The page's title; empty when it has none.
  std::string_view title() const;
  // Personal texts are replaced by "…" unless `with_personal`.
  nlohmann::json to_json(bool with_personal = false) const;

 private:
  std::vector<SemanticNode> nodes_;
};

}  // namespace ui
