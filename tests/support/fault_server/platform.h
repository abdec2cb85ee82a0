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
#include "gateway/envelope.h"
#include "gateway/office_key.h"
#include "tests/support/behaviour.h"

namespace test_support {

struct Arrived {
  int connection = 0;
  std::string method, target, head, body;
  // The application's, also when the request is for one of its parts.
  std::string id() const {
    const std::string path = target.substr(0, target.find("/parts/"));
    return path.substr(path.rfind('/') + 1);
  }
  bool is_part() const { return target.find("/parts/") != std::string::npos; }
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
  std::map<std::string, int> parts() const;  // "<application> <ordinal>" → how often it came
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
  std::string part_effect(const Arrived& request);
  std::string receipt(const std::string& id, const std::string& digest, const std::string& number,
                      const std::string& state) const;
  bool holds(const std::string& id, const std::vector<gateway::NamedPart>& parts) const;
  Reply carry_out(const Arrived& request, const Step& step);
  std::optional<Reply> broken_line(const Arrived& request, Behaviour behaviour);
  std::optional<Reply> false_receipt(const Arrived& request, Behaviour behaviour);
  std::optional<Reply> too_much(Behaviour behaviour) const;
  Reply status_answer(const Step& step) const;

  gateway::OfficeKeys keys_;
  gateway::AnswerKey answer_key_;
  gateway::DeviceList devices_;
  struct HeldPart {
    int ordinal = 0, times = 0;
  };
  std::map<std::string, Effect> effects_;
  std::map<std::string, std::map<gateway::Digest, HeldPart>> parts_;  // by application
  std::map<std::string, int> part_times_;
  std::map<std::string, int> asked_;  // in a mix: how often an id was served wrongly
};

}  // namespace test_support
