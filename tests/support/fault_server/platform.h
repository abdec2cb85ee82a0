// What the fault server knows and answers. Called under the server's lock.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gateway/answer_key.h"
#include "gateway/device_list.h"
#include "gateway/office_key.h"
#include "tests/support/behaviour.h"

namespace test_support {

struct Arrived {
  int connection = 0;
  std::string method, target, head, body;
  std::string id() const { return target.substr(target.rfind('/') + 1); }
};

// What to do on the wire.
struct Reply {
  std::string bytes;
  bool close = false, reset = false, hang = false, drip = false;
};

struct Mix {
  std::uint64_t seed = 0;
  double probability = 0;
  int faults = 0, refusals = 0, slow = 0;
};

class Platform {
 public:
  Platform(int suite, const std::filesystem::path& devices);

  std::string office_key() const { return keys_.front().public_hex(); }
  std::string answer_key() const { return answer_key_.public_hex(); }

  Reply reply_to(const Arrived& request);

  // What the tests command and ask.
  std::deque<Step> steps;
  Step always, health;
  std::map<std::string, Step> for_id;
  std::optional<Mix> mix;
  std::map<std::string, int> accepted() const;
  std::vector<std::string> opened;
  std::map<std::string, int> tally;
  int conflicts = 0;

 private:
  struct Effect {
    std::string body, receipt;
    int times = 0;
    bool answers_duplicate = false;
  };
  Step step_for(const Arrived& request);
  Behaviour drawn(const std::string& id);
  std::string effect(const Arrived& request);
  Reply carry_out(const Arrived& request, const Step& step);
  std::optional<Reply> broken_line(const Arrived& request, Behaviour behaviour);
  std::optional<Reply> false_receipt(const Arrived& request, Behaviour behaviour);
  std::optional<Reply> too_much(Behaviour behaviour) const;
  Reply status_answer(const Step& step) const;

  gateway::OfficeKeys keys_;
  gateway::AnswerKey answer_key_;
  gateway::DeviceList devices_;
  std::map<std::string, Effect> effects_;
  std::map<std::string, int> asked_;  // in a mix: how often an id was served wrongly
};

}  // namespace test_support
