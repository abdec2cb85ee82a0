#include "gateway/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/hex.h"
#include "base/log.h"
#include "gateway/application_requests.h"
#include "gateway/status_requests.h"
#include "gateway/sync_requests.h"
#include "gateway/ticket_requests.h"

namespace gateway {
namespace {

using enum ProblemCode;

Response with_tag(const Request& request, std::string body) {
  const std::string tag = entity_tag(body);
  Response response{200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}, {"ETag", tag}}, std::move(body)};
  const auto known = request.header("if-none-match");
  if (!known || !names_tag(*known, tag)) return response;
  return {304, {{"Cache-Control", "no-cache"}, {"ETag", tag}}, {}};
}

bool reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

Verdict<Response> wrong_method() { return refuse(method_not_allowed, "See the Allow field."); }

// What stands in the places of a route's "{}", in order.
using Captured = std::vector<std::string_view>;

Verdict<Response> health(Platform&, const Request& request, const Captured&) {
  if (!reads(request)) return wrong_method();
  return Response{200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, R"({"status":"ok"})"};
}

Verdict<Response> catalogue(Platform& platform, const Request& request, const Captured&) {
  if (!reads(request)) return wrong_method();
  return with_tag(request, platform.signed_catalogue);
}

// Named by its content: any cache on the way may keep it for ever.
Verdict<Response> blob(Platform& platform, const Request& request, const Captured& captured) {
  if (!reads(request)) return wrong_method();
  const auto bytes = base::from_hex(captured[0]);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return refuse(malformed, "The hash in the path is not a SHA-256 in hex.");
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  const OfferedService* service = platform.catalogue.blob(digest);
  if (service == nullptr) return refuse(not_found, "The catalogue names no such bytes.");
  return Response{
      200, {{"Content-Type", "application/json"}, {"Cache-Control", "public, max-age=31536000, immutable"}}, service->bytes};
}

Verdict<Response> application(Platform& platform, const Request& request, const Captured& captured) {
  if (request.method == "PUT") return put_application(platform, request, captured[0]);
  if (!reads(request)) return wrong_method();
  auto found = get_application(platform, captured[0]);
  if (!found) return tl::make_unexpected(found.error());
  return with_tag(request, *std::move(found));
}

Verdict<Response> part(Platform& platform, const Request& request, const Captured& captured) {
  if (request.method != "PUT") return wrong_method();
  return put_part(platform, request, captured[0], captured[1]);
}

Verdict<Response> ticket(Platform& platform, const Request& request, const Captured& captured) {
  if (request.method != "PUT") return wrong_method();
  return put_ticket(platform, request, captured[0], captured[1]);
}

Verdict<Response> leases(Platform& platform, const Request& request, const Captured& captured) {
  if (request.method != "POST") return wrong_method();
  return lease_numbers(platform, request, captured[0]);
}

Verdict<Response> calls(Platform& platform, const Request& request, const Captured& captured) {
  if (request.method != "POST") return wrong_method();
  return call_next(platform, request, captured[0]);
}

Verdict<Response> heartbeat(Platform& platform, const Request& request, const Captured&) {
  if (request.method != "POST") return wrong_method();
  return sync(platform, request);
}

Verdict<Response> status_queries(Platform& platform, const Request& request, const Captured&) {
  if (request.method != "POST") return wrong_method();
  return status_query(platform, request);
}

struct Route {
  std::string_view path;  // "{}" is one segment
  std::string_view allow;
  Verdict<Response> (*handle)(Platform&, const Request&, const Captured&);
};

constexpr std::array kRoutes{
    Route{"/healthz", "GET, HEAD", health},
    Route{"/v1/catalogue", "GET, HEAD", catalogue},
    Route{"/v1/blobs/sha256/{}", "GET, HEAD", blob},
    Route{"/v1/applications/{}", "PUT, GET, HEAD", application},
    Route{"/v1/applications/{}/parts/{}", "PUT", part},
    Route{"/v1/halls/{}/tickets/{}", "PUT", ticket},
    Route{"/v1/halls/{}/ticket-leases", "POST", leases},
    Route{"/v1/halls/{}/calls", "POST", calls},
    Route{"/v1/sync", "POST", heartbeat},
    Route{"/v1/status-queries", "POST", status_queries},
};

std::optional<Captured> captured_by(std::string_view pattern, std::string_view path) {
  Captured captured;
  while (!pattern.empty()) {
    const auto place = pattern.find("{}");
    const auto fixed = pattern.substr(0, place);
    if (!path.starts_with(fixed)) return std::nullopt;
    path.remove_prefix(fixed.size());
    if (place == pattern.npos) break;
    pattern.remove_prefix(place + 2);
    const auto segment = path.substr(0, path.find('/'));
    if (segment.empty()) return std::nullopt;
    captured.push_back(segment);
    path.remove_prefix(segment.size());
  }
  if (!path.empty()) return std::nullopt;
  return captured;
}

Verdict<Response> dispatch(Platform& platform, const Request& request, std::string_view& allow) {
  for (const Route& route : kRoutes) {
    const auto captured = captured_by(route.path, request.path);
    if (!captured) continue;
    allow = route.allow;
    return route.handle(platform, request, *captured);
  }
  return refuse(not_found, "The API has no such path.");
}

}  // namespace

Response answer(Platform& platform, const Request& request) {
  std::string_view allow;
  auto outcome = dispatch(platform, request, allow);
  if (outcome) return *std::move(outcome);
  const auto& problem = outcome.error();
  const std::string trace = fmt::format("{:016x}", platform.random.bits());
  base::log::info("refused: {} ({}) trace {}", code_name(problem.code), problem.field, trace);
  Response response = to_response(problem, trace);
  if (problem.code == method_not_allowed) response.headers.emplace_back("Allow", allow);
  return response;
}

}  // namespace gateway
