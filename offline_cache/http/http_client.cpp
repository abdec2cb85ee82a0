#include "offline_cache/http/http_client.h"
#include "base/failpoint.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace offline_cache {
namespace {

struct CleanMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct CleanEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void start_library() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct Intake {
  RawAnswer& answer;
  std::size_t longest;  // bytes of body
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* into) {
  auto& [answer, longest] = *static_cast<Intake*>(into);
  if (answer.body.size() + count > longest) {
    answer.too_long = true;
    return 0;  // libcurl stops with CURLE_WRITE_ERROR
  }
  answer.body.append(bytes, count);
  return count;
}

// Where the sending of a streamed body has come.
struct Outlet {
  const StreamedBody& body;
  std::int64_t at = 0;
  std::string piece;      // bytes from `at` - `taken` on
  std::size_t taken = 0;  // of `piece`
};

std::size_t give_body(char* into, std::size_t, std::size_t room, void* from) {
  auto& outlet = *static_cast<Outlet*>(from);
  if (outlet.at >= outlet.body.size) return 0;
  if (outlet.taken == outlet.piece.size()) {
    outlet.piece = outlet.body.piece(outlet.at);
    outlet.taken = 0;
  }
  const std::size_t count = std::min(room, outlet.piece.size() - outlet.taken);
  if (count == 0) return CURL_READFUNC_ABORT;
  std::copy_n(outlet.piece.data() + outlet.taken, count, into);
  outlet.taken += count;
  outlet.at += static_cast<std::int64_t>(count);
  return count;
}

int rewind_body(void* from, curl_off_t offset, int origin) {
  auto& outlet = *static_cast<Outlet*>(from);
  if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
  outlet.at = offset;
  outlet.piece.clear();
  outlet.taken = 0;
  return CURL_SEEKFUNC_OK;
}

}  // namespace

struct HttpClient::Handles {
  std::unique_ptr<CURLM, CleanMulti> multi{curl_multi_init()};
  std::unique_ptr<CURL, CleanEasy> easy{curl_easy_init()};
  std::unique_ptr<curl_slist, FreeList> headers;
  std::array<char, CURL_ERROR_SIZE> complaint{};
  std::optional<Intake> intake;
  std::optional<Outlet> outlet;

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(easy.get(), option, value);
  }
};

HttpClient::HttpClient(const HttpLimits& limits, HttpTrust trust) : limits_(limits), trust_(std::move(trust)) {
  start_library();
  handles_ = std::make_unique<Handles>();
}

HttpClient::~HttpClient() { cancel(); }

void HttpClient::set_trust() {
  Handles& h = *handles_;
  const auto file = [](const std::filesystem::path& path) { return path.empty() ? nullptr : path.c_str(); };
  h.set(CURLOPT_PROTOCOLS_STR, request_.url.starts_with("https://") ? "https" : "http");
  h.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  h.set(CURLOPT_SSL_VERIFYPEER, 1L);
  h.set(CURLOPT_SSL_VERIFYHOST, 2L);
  h.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // both name the system's store by default
  h.set(CURLOPT_CAINFO, file(trust_.ca));
  h.set(CURLOPT_SSLCERT, file(trust_.certificate));
  h.set(CURLOPT_SSLKEY, file(trust_.key));
  if (!trust_.pins.empty()) h.set(CURLOPT_PINNEDPUBLICKEY, trust_.pins.c_str());
  h.set(CURLOPT_PROXY, trust_.proxy.c_str());
  h.set(CURLOPT_NOPROXY, "");  // set, so that the environment's no_proxy does not count either
  h.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

void HttpClient::set_options() {
  Handles& h = *handles_;
  curl_easy_reset(h.easy.get());  // connections stay
  h.set(CURLOPT_URL, request_.url.c_str());
  h.set(CURLOPT_REDIR_PROTOCOLS_STR, "https");
  h.set(CURLOPT_FOLLOWLOCATION, 0L);
  set_trust();
  h.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  h.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  h.set(CURLOPT_NOSIGNAL, 1L);
  h.set(CURLOPT_QUICK_EXIT, 1L);  // a name server that hangs must not hold up the end of the program
  h.set(CURLOPT_CONNECTTIMEOUT_MS, limits_.connect.count());
  h.set(CURLOPT_TIMEOUT_MS, request_.patience.value_or(limits_.total).count());
  h.set(CURLOPT_LOW_SPEED_LIMIT, limits_.slowest);
  h.set(CURLOPT_LOW_SPEED_TIME, limits_.stalled.count());
  h.set(CURLOPT_TCP_KEEPALIVE, 1L);
  h.set(CURLOPT_USERAGENT, "linli-kiosk");
  h.complaint.front() = '\0';
  h.set(CURLOPT_ERRORBUFFER, h.complaint.data());
  h.set(CURLOPT_WRITEFUNCTION, &take_body);
  h.intake.emplace(Intake{answer_, request_.longest_answer});
  h.set(CURLOPT_WRITEDATA, static_cast<void*>(&*h.intake));
  if (request_.method == "GET") return;
  h.set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  if (request_.stream) return set_stream(*request_.stream);
  h.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  h.set(CURLOPT_POSTFIELDS, request_.body.c_str());  // not copied; request_ outlives the transfer
}

void HttpClient::set_stream(const StreamedBody& body) {
  Handles& h = *handles_;
  h.outlet.emplace(Outlet{body, 0, {}, 0});
  h.set(CURLOPT_UPLOAD, 1L);
  h.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size));
  h.set(CURLOPT_READFUNCTION, &give_body);
  h.set(CURLOPT_READDATA, static_cast<void*>(&*h.outlet));
  h.set(CURLOPT_SEEKFUNCTION, &rewind_body);  // a kept connection may turn out to be dead
  h.set(CURLOPT_SEEKDATA, static_cast<void*>(&*h.outlet));
}

void HttpClient::start(HttpRequest request) {
  request_ = std::move(request);
  answer_ = {};
  set_options();
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const auto& header : request_.headers) list = curl_slist_append(list, header.c_str());
  handles_->headers.reset(list);
  handles_->set(CURLOPT_HTTPHEADER, list);
  curl_multi_add_handle(handles_->multi.get(), handles_->easy.get());
  busy_ = true;
}

void HttpClient::cancel() {
  if (busy_) curl_multi_remove_handle(handles_->multi.get(), handles_->easy.get());
  busy_ = false;
}

void HttpClient::wake() { curl_multi_wakeup(handles_->multi.get()); }

std::optional<RawAnswer> HttpClient::wait(std::chrono::milliseconds patience) {
  if (auto answer = finished()) return answer;
  const auto longest = std::clamp<std::int64_t>(patience.count(), 0, 24 * 60 * 60 * 1000);
  curl_multi_poll(handles_->multi.get(), nullptr, 0, static_cast<int>(longest), nullptr);
  return finished();
}

std::optional<RawAnswer> HttpClient::finished() {
  if (!busy_) return std::nullopt;
  int running = 0;
  curl_multi_perform(handles_->multi.get(), &running);
  if (running > 0) LINLI_CRASHPOINT("exchange-under-way");
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(handles_->multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    answer_.curl = message->data.result;
    // OpenSSL's "… alert certificate required": there is no code for what the other side says after the handshake.
    answer_.tls_alert = std::string_view(handles_->complaint.data()).find(" alert ") != std::string_view::npos;
    long status = 0;
    curl_easy_getinfo(handles_->easy.get(), CURLINFO_RESPONSE_CODE, &status);
    answer_.http = static_cast<int>(status);
    const char* type = nullptr;
    curl_easy_getinfo(handles_->easy.get(), CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) answer_.content_type = type;
    curl_off_t seconds = 0;
    curl_easy_getinfo(handles_->easy.get(), CURLINFO_RETRY_AFTER, &seconds);
    if (seconds > 0) answer_.retry_after = std::chrono::seconds(seconds);
    cancel();
    return std::move(answer_);
  }
  return std::nullopt;
}

}  // namespace offline_cache
