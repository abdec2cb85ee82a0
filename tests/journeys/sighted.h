// Bots that see the screen and finish a visit by what it offers: with two switches, with a hand that trembles, without
// colours, and ten times as slowly as others. Each decides anew from the page it sees, as people do, so a wrong press costs it
// a step and not the visit.
#pragma once

#include <random>
#include <string>

#include "tests/journeys/listener.h"
#include "ui/contact.h"

namespace journeys {

class Sighted {
 public:
  explicit Sighted(Journey& journey) : journey_(journey) {}
  virtual ~Sighted() = default;
  Sighted(const Sighted&) = delete;
  Sighted& operator=(const Sighted&) = delete;

  // True when the receipt of this service was seen and everything was cleared.
  bool finishes(const std::string& service);
  const std::string& story() const { return story_; }  // pages and what was chosen there, for failure messages

 protected:
  // Presses it; false when that has no effect however often it is tried.
  virtual bool choose(const std::string& id) = 0;
  // As these eyes see it.
  virtual bool looks_open(const ui::SemanticNode& node) { return !node.disabled; }
  virtual bool looks_chosen(const ui::SemanticNode& node) { return node.selected; }

  const ui::SemanticNode* see(const std::string& id);
  Journey& journey_;

 private:
  bool offers(const std::string& id);
  bool chooses(const std::string& id);
  std::string first_open_choice();  // id; empty when there is none
  bool answers();
  bool types();
  bool wipes_entry();
  bool leaves_overlay();
  std::string way_to(const std::string& service);
  bool does_next_step(const std::string& service);

  bool receipt_ = false;
  std::string story_;
};

// Moves with one switch and chooses with the other.
class SwitchUser final : public Sighted {
 public:
  explicit SwitchUser(Journey& journey) : Sighted(journey), keys_(journey) {}

 private:
  bool choose(const std::string& id) override;
  Keypad keys_;
};

// Every touch lands beside where it was meant (σ in mm), slides on, and lifts elsewhere; through the touch pipeline.
class TremblingHand final : public Sighted {
 public:
  TremblingHand(Journey& journey, double sigma_mm, unsigned seed) : Sighted(journey), random_(seed), spread_(0.0, sigma_mm) {}

 private:
  bool choose(const std::string& id) override;
  void touch(const ui::Box& box);
  int off();  // pixels beside the aim

  ui::Contact contact_;
  std::chrono::milliseconds now_{0};
  std::mt19937 random_;
  std::normal_distribution<double> spread_;
};

// Knows what can be pressed and what is chosen by the brightness of pixels alone.
class GreyEyes final : public Sighted {
 public:
  using Sighted::Sighted;

 private:
  bool choose(const std::string& id) override { return journey_.player().press(id); }
  bool looks_open(const ui::SemanticNode& node) override;
  bool looks_chosen(const ui::SemanticNode& node) override;
  double dark_share(const ui::Box& box) const;
};

// Needs ten times as long for everything: minutes for a page, half a minute to answer "are you still there?".
class SlowResident final : public Sighted {
 public:
  using Sighted::Sighted;
  int asked() const { return asked_; }  // how often it was asked whether it is still there

 private:
  bool choose(const std::string& id) override;
  int asked_ = 0;
};

}  // namespace journeys
