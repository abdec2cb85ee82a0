// One request of a program that asks the running kiosk (linlictl). The answer is one line of JSON, or for a request that is
// watched one line for each piece of news:
//
//   {"request":"check","device":"printer","level":"active"}    at most kLongestRequest bytes
//   {"ok":true,…}    {"ok":true,"more":true,…}                 the last line has no "more"
//   {"ok":false,"error":"one sentence in English"}
//
// Nothing about a resident goes into an answer.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace kiosk {

inline constexpr std::size_t kLongestRequest = 4096;          // bytes, with the end of the line
inline constexpr std::size_t kLongestAnswerLine = 64 * 1024;  // bytes

// Moved from the socket's thread to whoever answers; any one thread at a time. None of the calls waits: an asker who does not
// read is let go.
class ControlCall {
 public:
  class Asker;  // the socket's end of it
  ControlCall(std::shared_ptr<Asker> asker, nlohmann::json request);
  ~ControlCall();  // not answered: the asker is told that the kiosk is busy
  ControlCall(ControlCall&& other) noexcept;
  ControlCall& operator=(ControlCall&& other) noexcept;

  const std::string& name() const { return name_; }
  std::string text(const char* key) const;  // of the request; empty when it is not there or no text

  // The user id of the program that asks, as the kernel tells it; -1: it does not.
  std::int64_t account() const { return account_; }

  // Somebody still listens.
  bool is_heard() const;
  // A line of an answer that goes on; false when nobody listens any more.
  bool tell(const nlohmann::json& part);
  // The last line. `fields` is an object.
  void answer(const nlohmann::json& fields);
  void answer();  // without fields
  void refuse(const std::string& error);

 private:
  bool send(nlohmann::json line);

  std::shared_ptr<Asker> asker_;  // null once answered or moved
  std::int64_t account_;
  std::string name_;
  std::unique_ptr<nlohmann::json> request_;
};

}  // namespace kiosk
