#include "gateway/http_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdarg>
#include <cstdlib>
#include <cstring>

#include "base/log.h"
#include "gateway/connection_table.h"

namespace gateway {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestWait{60'000};

// Every call that answers MHD_YES or MHD_NO comes through here.
base::Status check(MHD_Result result, const char* what) {
  if (result == MHD_YES) return {};
  return base::Error{base::Failure::internal, fmt::format("libmicrohttpd: {} failed", what)};
}

void log_message(void*, const char* format, va_list arguments) {
  // The format alone: the arguments may hold what a client sent.
  static_cast<void>(arguments);
  std::string_view text(format);
  while (text.ends_with('\n')) text.remove_suffix(1);
  base::log::info("libmicrohttpd: {}", text);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

MHD_Result collect_header(void* headers, MHD_ValueKind, const char* name, const char* value) {
  static_cast<Headers*>(headers)->emplace_back(lower(name), value == nullptr ? "" : value);
  return MHD_YES;
}

void read_headers(MHD_Connection* connection, const char* method, Request& request) {
  request.method = method;
  MHD_get_connection_values(connection, MHD_HEADER_KIND, collect_header, &request.headers);
}

struct ResponseDeleter {
  void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};

base::Status send(MHD_Connection* connection, Response answer) {
  const std::unique_ptr<MHD_Response, ResponseDeleter> response(
      MHD_create_response_from_buffer(answer.body.size(), answer.body.data(), MHD_RESPMEM_MUST_COPY));
  if (!response) return base::Error{base::Failure::internal, "libmicrohttpd: no memory for an answer"};
  for (const auto& [name, value] : answer.headers)
    if (auto added = check(MHD_add_response_header(response.get(), name.c_str(), value.c_str()), "a header"); !added)
      return added;
  return check(MHD_queue_response(connection, static_cast<unsigned>(answer.status), response.get()), "queueing an answer");
}

bool declares_more_than(const Request& request, std::size_t limit) {
  const std::string length = request.header("content-length").value_or("0");
  std::uint64_t bytes = 0;
  const auto read = std::from_chars(length.data(), length.data() + length.size(), bytes);
  return read.ec == std::errc::result_out_of_range || (read.ec == std::errc() && bytes > limit);
}

// False when the file cannot be read.
bool unspool(Arrival& arrival) {
  if (!arrival.spool.valid()) return true;
  std::string& body = arrival.request.body;
  body.resize(arrival.spooled);
  std::size_t at = 0;
  while (at < body.size()) {
    const ssize_t count = pread(arrival.spool.get(), body.data() + at, body.size() - at, static_cast<off_t>(at));
    if (count <= 0) return false;
    at += static_cast<std::size_t>(count);
  }
  arrival.spool.reset();
  return true;
}

}  // namespace

struct HttpServer::Engine {
  Listener listener;
  Handler handler;
  const base::Clock& clock;
  HttpLimits limits;
  std::optional<TlsIdentity> tls;
  ConnectionTable connections{limits.one_request};
  MHD_Daemon* daemon = nullptr;
  bool run_again = false;  // a connection was closed: only the next MHD_run listens again after the limit was reached

  Engine(Listener socket, Handler answering, const base::Clock& time, HttpLimits bounds, std::optional<TlsIdentity> identity)
      : listener(std::move(socket)), handler(std::move(answering)), clock(time), limits(bounds), tls(std::move(identity)) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() {
    if (daemon != nullptr) MHD_stop_daemon(daemon);
  }

  base::Status start();
  milliseconds patience(base::Instant latest) const;
  base::Status serve_once(int stop, base::Instant latest);
  base::Status serve_until(int stop);
  base::Status finish_begun_requests();

  MHD_Result take(MHD_Connection* connection, const char* method, const char* bytes, std::size_t* size);
  MHD_Result respond(MHD_Connection* connection, Arrival& arrival);
  base::FileDescriptor make_spool() const;
  bool keep(Arrival& arrival, std::string_view bytes) const;

  // libmicrohttpd calls these; no exception may pass through its C frames.
  static void on_connection(void* self, MHD_Connection* connection, void**, MHD_ConnectionNotificationCode event) noexcept;
  static void* on_request_line(void* self, const char* target, MHD_Connection* connection) noexcept;
  static MHD_Result on_data(void* self, MHD_Connection* connection, const char*, const char* method, const char*,
                            const char* bytes, std::size_t* size, void**);
  static void on_request_end(void* self, MHD_Connection* connection, void**, MHD_RequestTerminationCode) noexcept;
};

base::Status HttpServer::Engine::start() {
  std::vector<MHD_OptionItem> secured;
  if (tls) {
    secured = {{MHD_OPTION_HTTPS_MEM_CERT, 0, tls->certificate.data()},
               {MHD_OPTION_HTTPS_MEM_KEY, 0, tls->key.data()},
               {MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char*>(kTlsPriorities)}};
    if (!tls->client_ca.empty()) secured.push_back({MHD_OPTION_HTTPS_MEM_TRUST, 0, tls->client_ca.data()});
  }
  secured.push_back({MHD_OPTION_END, 0, nullptr});
  const unsigned flags = MHD_USE_EPOLL | MHD_USE_ERROR_LOG | (tls ? MHD_USE_TLS : MHD_NO_FLAG);
  daemon = MHD_start_daemon(flags, 0, nullptr, nullptr, on_data, this,                    //
                            MHD_OPTION_EXTERNAL_LOGGER, log_message, nullptr,             //
                            MHD_OPTION_LISTEN_SOCKET, listener.descriptor(),              //
                            MHD_OPTION_CONNECTION_LIMIT, limits.connections,              //
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.connection_bytes,  //
                            MHD_OPTION_CONNECTION_TIMEOUT, limits.silence_seconds,        //
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,                              //
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, this,            //
                            MHD_OPTION_URI_LOG_CALLBACK, on_request_line, this,           //
                            MHD_OPTION_NOTIFY_COMPLETED, on_request_end, this,            //
                            MHD_OPTION_ARRAY, secured.data(),                             //
                            MHD_OPTION_END);
  if (daemon == nullptr)
    return base::Error{base::Failure::internal,
                       tls ? "libmicrohttpd does not start: is the certificate one of the key?" : "libmicrohttpd does not start"};
  return {};
}

void HttpServer::Engine::on_connection(void* self, MHD_Connection* connection, void**,
                                       MHD_ConnectionNotificationCode event) noexcept {
  auto& engine = *static_cast<Engine*>(self);
  if (event == MHD_CONNECTION_NOTIFY_CLOSED) {
    engine.run_again = true;
    return engine.connections.closed(connection);
  }
  if (engine.tls && !engine.tls->client_ca.empty()) {
    const auto* session = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    if (session != nullptr) demand_client_certificate(session->tls_session);
  }
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  engine.connections.opened(connection, info == nullptr ? -1 : info->connect_fd, engine.clock.now());
}

void* HttpServer::Engine::on_request_line(void* self, const char* target, MHD_Connection* connection) noexcept {
  const std::string_view whole(target);
  static_cast<Engine*>(self)->connections.begin_request(connection).request.path = whole.substr(0, whole.find('?'));
  return nullptr;
}

void HttpServer::Engine::on_request_end(void* self, MHD_Connection* connection, void**, MHD_RequestTerminationCode) noexcept {
  auto& engine = *static_cast<Engine*>(self);
  engine.connections.end_request(connection, engine.clock.now());
}

MHD_Result HttpServer::Engine::on_data(void* self, MHD_Connection* connection, const char*, const char* method, const char*,
                                       const char* bytes, std::size_t* size, void**) {
  try {
    return static_cast<Engine*>(self)->take(connection, method, bytes, size);
  } catch (const std::exception& exception) {  // out of memory: this client is hung up on, the others are not
    base::log::error("a request was dropped: {}", exception.what());
    return MHD_NO;
  }
}

MHD_Result HttpServer::Engine::take(MHD_Connection* connection, const char* method, const char* bytes, std::size_t* size) {
  Arrival& arrival = connections.arrival(connection);
  Request& request = arrival.request;
  if (!arrival.headers_read) {
    read_headers(connection, method, request);
    arrival.headers_read = true;
    request.body_too_large = declares_more_than(request, limits.body_bytes);
    // A client that asks first is told at once; one that is sending already would lose the answer.
    return request.body_too_large && request.header("expect") ? respond(connection, arrival) : MHD_YES;
  }
  if (*size == 0) return respond(connection, arrival);
  if (request.body.size() + arrival.spooled + *size > limits.body_bytes) request.body_too_large = true;
  if (request.body_too_large) {
    request.body.clear();
    arrival.spool.reset();
  } else if (!keep(arrival, {bytes, *size})) {
    return MHD_NO;  // no room on the disk: the client tries again
  }
  *size = 0;
  return MHD_YES;
}

base::FileDescriptor HttpServer::Engine::make_spool() const {
  std::error_code error;
  const auto folder = limits.spool.empty() ? std::filesystem::temp_directory_path(error) : limits.spool;
  std::string name = (folder / "arriving-XXXXXX").string();
  base::FileDescriptor file(mkostemp(name.data(), O_CLOEXEC));
  if (file.valid()) unlink(name.c_str());
  return file;
}

bool HttpServer::Engine::keep(Arrival& arrival, std::string_view bytes) const {
  std::string& body = arrival.request.body;
  if (!arrival.spool.valid()) {
    body.append(bytes);
    if (body.size() <= limits.body_in_memory) return true;
    arrival.spool = make_spool();
    bytes = body;
  }
  arrival.spooled += bytes.size();
  while (arrival.spool.valid() && !bytes.empty()) {
    const ssize_t written = write(arrival.spool.get(), bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  std::string().swap(body);
  return arrival.spool.valid();
}

MHD_Result HttpServer::Engine::respond(MHD_Connection* connection, Arrival& arrival) {
  if (!unspool(arrival)) return MHD_NO;
  const auto sent = send(connection, handler(arrival.request));
  std::string().swap(arrival.request.body);
  if (sent) return MHD_YES;
  base::log::failure(sent.error());
  return MHD_NO;
}

milliseconds HttpServer::Engine::patience(base::Instant latest) const {
  if (run_again) return milliseconds(0);
  base::Instant until = std::min(latest, connections.next_deadline().value_or(latest));
  auto wait = std::chrono::ceil<milliseconds>(until - clock.now());
  MHD_UNSIGNED_LONG_LONG library = 0;
  if (MHD_get_timeout(daemon, &library) == MHD_YES)
    wait =
        std::min(wait, milliseconds(std::min<MHD_UNSIGNED_LONG_LONG>(library, static_cast<std::uint64_t>(kLongestWait.count()))));
  return std::clamp(wait, milliseconds(0), kLongestWait);
}

base::Status HttpServer::Engine::serve_once(int stop, base::Instant latest) {
  const auto* info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  if (info == nullptr) return base::Error{base::Failure::internal, "libmicrohttpd has no epoll descriptor"};
  pollfd waits[] = {{info->epoll_fd, POLLIN, 0}, {stop, POLLIN, 0}};  // a negative descriptor is skipped
  if (poll(waits, std::size(waits), static_cast<int>(patience(latest).count())) < 0 && errno != EINTR)
    return base::Error{base::Failure::internal, fmt::format("poll: {}", std::strerror(errno))};
  run_again = false;
  if (auto ran = check(MHD_run(daemon), "serving"); !ran) return ran;
  connections.cut_off_overdue(clock.now());
  return {};
}

base::Status HttpServer::Engine::serve_until(int stop) {
  for (;;) {
    pollfd stopping{stop, POLLIN, 0};
    if (poll(&stopping, 1, 0) > 0) return {};
    if (auto served = serve_once(stop, clock.now() + kLongestWait); !served) return served;
  }
}

base::Status HttpServer::Engine::finish_begun_requests() {
  MHD_quiesce_daemon(daemon);
  const base::Instant latest = clock.now() + limits.last_answers;
  while (connections.any_request() && clock.now() < latest)
    if (auto served = serve_once(-1, latest); !served) return served;
  return {};
}

HttpServer::HttpServer(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

base::Result<HttpServer> HttpServer::start(Listener listener, Handler handler, const base::Clock& clock, HttpLimits limits,
                                           std::optional<TlsIdentity> tls) {
  auto engine = std::make_unique<Engine>(std::move(listener), std::move(handler), clock, limits, std::move(tls));
  if (auto started = engine->start(); !started) return started.error();
  return HttpServer(std::move(engine));
}

std::uint16_t HttpServer::port() const { return engine_->listener.port(); }

base::Status HttpServer::run(int stop) {
  auto served = engine_->serve_until(stop);
  if (!served) return served;
  return engine_->finish_begun_requests();
}

}  // namespace gateway
