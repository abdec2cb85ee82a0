#include "ui/input/handwriting.h"

#include <zinnia.h>

#include <algorithm>
#include <string>

#include "ui/input/stroke_orders.h"

namespace ui {
namespace {

constexpr std::size_t kOfEachPass = 12;
constexpr std::size_t kManyStrokes = 8;  // such a character takes longer, and is rarely wrong by its order alone
constexpr double kPrior = 0.02;          // what an order is less likely than the one before it
constexpr std::size_t kAsDrawn = 3;      // candidates that the order as drawn has in any case

struct Guess {
  std::string character;
  double score;
};

class ZinniaHandwriting final : public Handwriting {
 public:
  explicit ZinniaHandwriting(std::unique_ptr<zinnia::Recognizer> recognizer) : recognizer_(std::move(recognizer)) {}

  std::vector<base::Secret> recognise(const std::vector<kiosk::Stroke>& strokes, int width, int height) const override {
    std::vector<base::Secret> candidates;
    if (strokes.empty() || width <= 0 || height <= 0) return candidates;
    std::vector<Guess> guesses;
    const auto passes = strokes.size() > kManyStrokes ? kMostPasses / 2 : kMostPasses;
    double prior = 0;
    for (const auto& order : stroke_orders(smoothed(strokes), passes)) {
      add_pass(order, width, height, prior, guesses);
      prior += kPrior;
    }
    // What was drawn counts first: guesses of the first pass stand in its order at the front.
    const auto drawn = guesses.begin() + static_cast<std::ptrdiff_t>(std::min(guesses.size(), kAsDrawn));
    std::stable_sort(drawn, guesses.end(), [](const Guess& a, const Guess& b) { return a.score > b.score; });
    for (std::size_t i = 0; i < std::min(guesses.size(), kWrittenCandidates); ++i) candidates.emplace_back(guesses[i].character);
    for (Guess& guess : guesses) base::wipe(guess.character);
    return candidates;
  }

 private:
  void add_pass(const std::vector<kiosk::Stroke>& strokes, int width, int height, double prior, std::vector<Guess>& to) const {
    const std::unique_ptr<zinnia::Character> character(zinnia::Character::create());
    character->set_width(static_cast<std::size_t>(width));
    character->set_height(static_cast<std::size_t>(height));
    for (std::size_t i = 0; i < strokes.size(); ++i)
      for (const auto& point : strokes[i]) character->add(i, point.x, point.y);
    const std::unique_ptr<zinnia::Result> result(recognizer_->classify(*character, kOfEachPass));
    if (!result) return;
    for (std::size_t i = 0; i < result->size(); ++i)
      keep_best(to, result->value(i), static_cast<double>(result->score(i)) - prior);
  }

  static void keep_best(std::vector<Guess>& guesses, const char* character, double score) {
    const auto known = std::find_if(guesses.begin(), guesses.end(), [&](const Guess& g) { return g.character == character; });
    if (known == guesses.end())
      guesses.push_back({character, score});
    else
      known->score = std::max(known->score, score);
  }

  std::unique_ptr<zinnia::Recognizer> recognizer_;
};

}  // namespace

std::unique_ptr<Handwriting> Handwriting::open(const std::filesystem::path& model) {
  std::unique_ptr<zinnia::Recognizer> recognizer(zinnia::Recognizer::create());
  if (!recognizer || !recognizer->open(model.c_str())) return nullptr;
  return std::make_unique<ZinniaHandwriting>(std::move(recognizer));
}

}  // namespace ui
