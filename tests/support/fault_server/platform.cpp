#include "tests/support/fault_server/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>

#include "base/hex.h"
#include "gateway/base64.h"
#include "gateway/envelope.h"
#include "gateway/opening.h"
#include "gateway/problem.h"

// Each function below carries out some of the behaviours and leaves the others to the next one.
#pragma GCC diagnostic ignored "-Wswitch-enum"

namespace test_support {
namespace {

using enum Behaviour;

constexpr std::size_t kMostOpened = 100;
const std::string kPage = "<html><body>Please log in to the guest network.</body></html>";

std::string http(int status, std::string_view type, std::string_view body, std::string_view more = "") {
  return fmt::format("HTTP/1.1 {} X\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", status, type, body.size(), more,
                     body);
}

std::string problem(int status, std::string_view code, std::string_view more = "") {
  return http(status, "application/problem+json",
              fmt::format(R"({{"code":"{}","retryable":false,"status":{},"title":"x","type":"urn:linli:problem:{}"}})", code,
                          status, code),
              more);
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

// The first character after `mark` becomes another one; the length stays.
std::string twisted(std::string answer, const std::string& mark) {
  const auto at = answer.find(mark);
  if (at == std::string::npos) return answer;
  char& c = answer[at + mark.size()];
  c = c == 'A' ? 'B' : 'A';
  return answer;
}

std::string half(const std::string& text) { return text.substr(0, text.size() - 20); }
std::string body_of(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

// 9 MB of zeros in 59 kB: one block of fixed Huffman codes (RFC 1951 §3.2.6), a zero and then copies of 258 bytes.
std::string gzip_bomb_body() {
  std::string packed("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10);
  unsigned bits = 0, filled = 0;
  const auto add = [&](std::string_view code) {
    for (const char bit : code) {
      bits |= (bit == '1' ? 1U : 0U) << filled;
      if (++filled < 8) continue;
      packed.push_back(static_cast<char>(bits));
      bits = filled = 0;
    }
  };
  add("110");                                             // the last block, fixed codes
  add("00110000");                                        // a zero
  for (int i = 0; i < 36'000; ++i) add("1100010100000");  // 258 bytes, from one byte back
  add("0000000");                                         // end
  add("0000000");
  return packed;
}

const std::array kSlow{silent, slow, slow_head};
const std::array kRefusing{malformed, different_body, too_large, wrong_media_type, seal_broken};

bool in(std::span<const Behaviour> some, Behaviour behaviour) {
  return std::find(some.begin(), some.end(), behaviour) != some.end();
}

gateway::OfficeKeys office(int suite) {
  gateway::OfficeKeys keys;
  keys.emplace_back(suite, gateway::make_secret_key(suite));
  return keys;
}

}  // namespace

Platform::Platform(int suite, const std::filesystem::path& devices)
    : keys_(office(suite)),
      answer_key_(base::Secret(gateway::make_secret_key(1))),
      devices_(devices.empty() ? gateway::DeviceList::anyone() : gateway::DeviceList(devices)) {}

std::map<std::string, int> Platform::accepted() const {
  std::map<std::string, int> all;
  for (const auto& [id, effect] : effects_) all[id] = effect.times;
  return all;
}

std::map<std::string, int> Platform::parts() const { return part_times_; }

Reply Platform::reply_to(const Arrived& request) {
  const Step step = step_for(request);
  ++tally[std::string(name_of(step.behaviour))];
  if (request.method != "PUT" && step.behaviour == honest) return {http(200, "application/json", R"({"status":"ok"})")};
  return carry_out(request, step);
}

Step Platform::step_for(const Arrived& request) {
  if (request.method != "PUT") return health;
  const std::string id = request.id();
  if (const auto found = for_id.find(id); found != for_id.end()) return found->second;
  if (!steps.empty()) {
    Step step = steps.front();
    steps.pop_front();
    return step;
  }
  return mix && always.behaviour == honest ? Step{drawn(id), {}} : always;
}

// The same for the same seed, id and attempt, in whatever order requests come.
Behaviour Platform::drawn(const std::string& id) {
  const auto found = effects_.find(id);
  if (found != effects_.end() && found->second.answers_duplicate) return honest;
  int& asked = asked_[id];
  std::seed_seq seed{mix->seed, std::uint64_t{std::hash<std::string>()(id)}, static_cast<std::uint64_t>(asked)};
  std::mt19937_64 random(seed);
  const auto one_in = [&](int share, int of) { return std::uniform_int_distribution<int>(0, of - 1)(random) < share; };
  if (asked == 0 && one_in(mix->refusals, 1000)) return kRefusing[random() % kRefusing.size()];
  if (asked >= mix->faults || !one_in(static_cast<int>(mix->probability * 1000), 1000)) return honest;
  ++asked;
  if (one_in(mix->slow, 1000)) return kSlow[random() % kSlow.size()];
  for (;;) {
    const auto behaviour = static_cast<Behaviour>(random() % behaviour_names().size());
    const bool heavy = behaviour == huge || behaviour == many_headers;  // megabytes each: one in fifty of their turns
    if (behaviour == honest || in(kSlow, behaviour) || in(kRefusing, behaviour) || (heavy && !one_in(1, 50))) continue;
    return behaviour;
  }
}

std::string Platform::receipt(const std::string& id, const std::string& digest, const std::string& number,
                              const std::string& state) const {
  const std::string received = "2026-11-23T01:41:02Z";
  const std::string signature = gateway::to_base64(
      answer_key_.sign(fmt::format("linli-receipt-v1\n{}\n{}\n{}\n{}\n{}\n", id, digest, number, received, state)));
  const std::string numbered = number.empty() ? "" : fmt::format(R"("number":"{}",)", number);
  return fmt::format(R"({{"digest":"{}","id":"{}",{}"received":"{}","signature":"{}","state":"{}"}})", digest, id, numbered,
                     received, signature, state);
}

std::string Platform::part_effect(const Arrived& request) {
  const auto part = gateway::open_part(request.body, keys_, devices_);
  if (!part) return problem(gateway::status_of(part.error().code), gateway::code_name(part.error().code));
  const bool named = request.target.ends_with("/" + base::to_hex(part->name.digest));
  if (part->application != request.id() || !named) return problem(400, "malformed");
  auto& held = parts_[part->application][part->name.digest];
  held.ordinal = part->ordinal;
  ++part_times_[fmt::format("{} {}", part->application, part->ordinal)];
  const int status = ++held.times == 1 ? 201 : 200;
  return http(status, "application/json", receipt(part->application, gateway::to_field(part->name.digest), "", "part"));
}

bool Platform::holds(const std::string& id, const std::vector<gateway::NamedPart>& parts) const {
  const auto held = parts_.find(id);
  int ordinal = 0;
  return std::all_of(parts.begin(), parts.end(), [&](const gateway::NamedPart& part) {
    ++ordinal;
    if (held == parts_.end()) return false;
    const auto found = held->second.find(part.digest);
    return found != held->second.end() && found->second.ordinal == ordinal;
  });
}

// The honest answer, and what it needs: signature and seal checked, one effect per id.
std::string Platform::effect(const Arrived& request) {
  if (request.is_part()) return part_effect(request);
  const std::string id = request.id();
  if (const auto found = effects_.find(id); found != effects_.end()) {
    Effect& known = found->second;
    if (known.body != request.body) {
      ++conflicts;
      return problem(409, "different-body");
    }
    ++known.times;
    if (!known.answers_duplicate) return http(200, "application/json", known.receipt);
    return http(409, "application/problem+json", R"({"type":"urn:linli:problem:duplicate",)" + known.receipt.substr(1));
  }
  const auto opened_envelope = gateway::open_envelope(request.body, keys_, devices_);
  if (!opened_envelope) {
    const auto code = opened_envelope.error().code;
    return problem(gateway::status_of(code), gateway::code_name(code));
  }
  if (opened_envelope->id != id) return problem(400, "malformed");
  if (!holds(id, opened_envelope->parts)) return problem(409, "parts-missing");
  if (opened.size() < kMostOpened) opened.push_back(opened_envelope->application.dump());
  const std::string digest = gateway::to_field(opened_envelope->plaintext_digest);
  const std::string made = receipt(id, digest, fmt::format("2026-{:06}", effects_.size() + 1), "received");
  effects_[id] = {request.body, made, 1, false};
  return http(201, "application/json", made);
}

Reply Platform::carry_out(const Arrived& request, const Step& step) {
  if (step.behaviour == forgets_parts && !request.is_part()) parts_.erase(request.id());
  if (step.behaviour == honest || step.behaviour == forgets_parts) return {effect(request)};
  if (auto reply = broken_line(request, step.behaviour)) return *std::move(reply);
  if (auto reply = false_receipt(request, step.behaviour)) return *std::move(reply);
  if (auto reply = too_much(step.behaviour)) return *std::move(reply);
  return status_answer(step);
}

std::optional<Reply> Platform::broken_line(const Arrived& request, Behaviour behaviour) {
  const auto without_length = [&](std::string_view field, const std::string& body) {
    return fmt::format("HTTP/1.1 201 X\r\nContent-Type: application/json\r\n{}\r\n\r\n{}", field, body);
  };
  switch (behaviour) {
    case silent:
      return Reply{.bytes = "", .hang = true};
    case slow:
      return Reply{.bytes = effect(request), .drip = true};
    case slow_head:
      return Reply{.bytes = "HTTP/1.1 200 X\r\nX-Slow: " + std::string(10'000, 'x'), .drip = true};
    case reset:
      return Reply{.bytes = half(effect(request)), .reset = true};
    case reset_before:
      return Reply{.bytes = "", .reset = true};
    case consume_and_close:
      return Reply{.bytes = effect(request).substr(0, 0), .close = true};
    case lost_then_duplicate:
      effect(request);
      if (const auto found = effects_.find(request.id()); found != effects_.end()) found->second.answers_duplicate = true;
      return Reply{.bytes = "", .close = true};
    case truncated_length:
      return Reply{.bytes = half(effect(request)), .close = true};
    case truncated_chunked: {
      const std::string body = body_of(effect(request));
      return Reply{.bytes = without_length("Transfer-Encoding: chunked", fmt::format("{:x}\r\n{}", body.size(), half(body))),
                   .close = true};
    }
    case truncated_close:
      return Reply{.bytes = without_length("Connection: close", half(body_of(effect(request)))), .close = true};
    case garbage:
      return Reply{.bytes = "\x01\x02\x03\x04 nothing of HTTP\r\n\r\n", .close = true};
    default:
      return std::nullopt;
  }
}

std::optional<Reply> Platform::false_receipt(const Arrived& request, Behaviour behaviour) {
  const auto with_state = [&](const std::string& other) {
    std::string body = replaced(body_of(effect(request)), R"("state":"received")", other);
    return Reply{http(201, "application/json", body)};
  };
  switch (behaviour) {
    case other_id:
      return Reply{replaced(effect(request), R"("id":")" + request.id(), R"("id":"00000000-0000-7000-8000-000000000000)")};
    case other_digest:
      return Reply{twisted(effect(request), "sha-256=:")};
    case wrong_signature:
      return Reply{twisted(effect(request), R"("signature":")")};
    case no_signature:
      return Reply{replaced(effect(request), "\"signature\"", "\"signet-re\"")};
    case no_number:
      return Reply{replaced(effect(request), "\"number\"", "\"nombre\"")};
    case duplicate_keys:
      return with_state(R"("id":"received")");
    case not_a_number:
      return with_state(R"("state":NaN)");
    case too_big_a_number:
      return with_state(R"("state":1e999)");
    case bad_utf8:
      return with_state("\"state\":\"\xC3\x28\"");
    default:
      return std::nullopt;
  }
}

std::optional<Reply> Platform::too_much(Behaviour behaviour) const {
  switch (behaviour) {
    case huge:
      return Reply{
          .bytes = "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + std::string(10U << 20U, ' '),
          .close = true};
    case many_headers: {
      std::string head = "HTTP/1.1 200 X\r\n";
      while (head.size() < 20U << 20U) head += "X-Filler: " + std::string(1000, 'x') + "\r\n";
      return Reply{.bytes = head, .close = true};
    }
    case gzip_bomb:
      return Reply{http(200, "application/json", gzip_bomb_body(), "Content-Encoding: gzip\r\n")};
    case deep:
      return Reply{http(200, "application/json", std::string(10'000, '['))};
    default:
      return std::nullopt;
  }
}

Reply Platform::status_answer(const Step& step) const {
  const std::string wait = step.retry_after.empty() ? "" : "Retry-After: " + step.retry_after + "\r\n";
  struct Known {
    Behaviour behaviour;
    int status;
    const char* code;
  };
  constexpr Known kKnown[] = {{malformed, 400, "malformed"},
                              {different_body, 409, "different-body"},
                              {too_large, 413, "too-large"},
                              {wrong_media_type, 415, "media-type"},
                              {seal_broken, 422, "seal-broken"},
                              {unauthorised, 401, "unauthorised"},
                              {forbidden, 403, "device-revoked"},
                              {not_found, 404, "unknown-service"},
                              {gone, 410, "gone"},
                              {timed_out, 408, "timed-out"},
                              {too_early, 425, "too-early"},
                              {too_many, 429, "busy"},
                              {in_progress, 409, "in-progress"},
                              {broken, 500, "internal"},
                              {bad_gateway, 502, "bad-gateway"},
                              {busy, 503, "busy"},
                              {gateway_timeout, 504, "timeout"}};
  for (const Known& known : kKnown)
    if (known.behaviour == step.behaviour) return {problem(known.status, known.code, wait)};
  if (step.behaviour == page_as_json) return {http(200, "application/json", kPage)};
  if (step.behaviour == redirect) return {http(302, "text/html", kPage, "Location: http://127.0.0.1:9/login\r\n")};
  if (step.behaviour == network_login) return {http(511, "text/html", kPage)};
  if (step.behaviour == proxy_bad_request) return {http(400, "text/html", kPage)};
  return {http(200, "text/html", kPage)};
}

}  // namespace test_support
