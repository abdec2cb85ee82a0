#include "gateway/platform.h"

#include <fmt/format.h>

#include <array>

#include "base/log.h"
#include "gateway/application_requests.h"

namespace gateway {
namespace {

using enum ProblemCode;

constexpr std::string_view kApplications = "/v1/applications/";

Response with_tag(const Request& request, std::string body) {
  const std::string tag = entity_tag(body);
  Response response{200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}, {"ETag", tag}}, std::move(body)};
  const auto known = request.header("if-none-match");
  if (!known || !names_tag(*known, tag)) return response;
  return {304, {{"Cache-Control", "no-cache"}, {"ETag", tag}}, {}};
}

bool reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

Verdict<Response> wrong_method() { return refuse(method_not_allowed, "See the Allow field."); }

Verdict<Response> health(Platform&, const Request& request) {
  if (!reads(request)) return wrong_method();
  return Response{200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, R"({"status":"ok"})"};
}

Verdict<Response> catalogue(Platform& platform, const Request& request) {
  if (!reads(request)) return wrong_method();
  return with_tag(request, platform.catalogue.document(platform.keys, platform.catalogue_version));
}

Verdict<Response> application(Platform& platform, const Request& request) {
  const auto id = std::string_view(request.path).substr(kApplications.size());
  if (request.method == "PUT") return put_application(platform, request, id);
  if (!reads(request)) return wrong_method();
  auto found = get_application(platform, id);
  if (!found) return tl::make_unexpected(found.error());
  return with_tag(request, *std::move(found));
}

struct Route {
  std::string_view path;
  bool with_id;  // exactly one more path segment follows
  std::string_view allow;
  Verdict<Response> (*handle)(Platform&, const Request&);
};

constexpr std::array kRoutes{
    Route{"/healthz", false, "GET, HEAD", health},
    Route{"/v1/catalogue", false, "GET, HEAD", catalogue},
    Route{kApplications, true, "PUT, GET, HEAD", application},
};

bool leads_to(std::string_view path, const Route& route) {
  if (!route.with_id) return path == route.path;
  return path.starts_with(route.path) && path.size() > route.path.size() &&
         path.find('/', route.path.size()) == std::string_view::npos;
}

Verdict<Response> dispatch(Platform& platform, const Request& request, std::string_view& allow) {
  for (const Route& route : kRoutes) {
    if (!leads_to(request.path, route)) continue;
    allow = route.allow;
    return route.handle(platform, request);
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
