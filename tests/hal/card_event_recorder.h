// Takes a reader's events as short words, so that a test reads like the story it tells.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <utility>
#include <variant>

#include "base/mailbox.h"
#include "hal/card_reader.h"

namespace card_test {

inline std::string in_words(const hal::CardReaderEvent& event) {
  struct Words {
    std::string operator()(const hal::DeviceHealth& health) const {
      switch (health.state) {
        case hal::DeviceState::no_device:
          return "absent";
        case hal::DeviceState::starting:
          return "starting";
        case hal::DeviceState::online:
          return "ready " + health.identity;
        case hal::DeviceState::busy:
          return "busy";
        case hal::DeviceState::offline:
        case hal::DeviceState::user_fault:
        case hal::DeviceState::hardware_fault:
          return "faulted " + code(*health.failure);
      }
      return "?";
    }
    std::string operator()(const hal::CardLaid&) const { return "laid"; }
    std::string operator()(const hal::CardRead& read) const { return "read " + std::string(read.person.name.reveal()); }
    std::string operator()(const hal::CardRejected& rejected) const { return "rejected " + code(rejected.failure); }
    std::string operator()(const hal::CardLifted&) const { return "lifted"; }
    std::string operator()(const hal::HealthChecked& checked) const { return checked.passed ? "passed" : "failed"; }
    static std::string code(base::Failure failure) { return std::string(base::entry(failure).code); }
  };
  return std::visit(Words{}, event);
}

inline constexpr auto kReady = "ready 05.03-20990101-0000000001-0000000002";

class CardEventRecorder {
 public:
  hal::CardReaderSink sink() {
    return [this](const hal::CardReaderEvent& event) {
      // That a card lies there is said twice: here once.
      if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) {
        const bool same_but_for_the_card = std::exchange(media_, health->media) != health->media && in_words(event) == state_;
        state_ = in_words(event);
        if (same_but_for_the_card) return;
      }
      (void)words_.post(in_words(event));
    };
  }
  // Blocks; "nothing" when a reader that should speak has not for long.
  std::string next() { return words_.take_for(std::chrono::seconds{20}).value_or("nothing"); }
  // Skips everything before `word`; false when it does not come.
  bool await(const std::string& word) {
    while (true) {
      const std::string heard = next();
      if (heard == word) return true;
      if (heard == "nothing") return false;
    }
  }
  std::optional<std::string> try_next() { return words_.try_take(); }

 private:
  std::string state_;  // of the reader's thread, as the next
  hal::Media media_ = hal::Media::unknown;
  base::Mailbox<std::string> words_;
};

// How many threads or handles this process has: "/proc/self/task", "/proc/self/fd".
inline std::ptrdiff_t entries(const char* folder) {
  return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator{});
}

}  // namespace card_test
