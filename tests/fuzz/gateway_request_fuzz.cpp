// links: linli_gateway
// A whole request as text: "METHOD path", header lines, an empty line, the body. A line "!" adds the length and the
// digest that fit the body, so that the fuzzer need not invent SHA-256.
#include <cstdlib>
#include <filesystem>

#include "base/log.h"
#include "gateway/platform.h"

namespace {

struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "linli-fuzz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path path;
};

struct Office {
  Folder folder;
  gateway::OfficeKeys keys = [] {
    gateway::OfficeKeys made;
    made.emplace_back(1, std::string(32, '\1'));
    return made;
  }();
  gateway::AnswerKey answer_key{base::Secret(std::string(32, '\2'))};
  gateway::DeviceList devices = gateway::DeviceList::anyone();
  gateway::Catalogue catalogue{{{"senior-allowance", 2, {}}}};
  gateway::ApplicationStore store = *gateway::ApplicationStore::open(folder.path / "store.sqlite");
  gateway::TicketStore tickets{store.database()};
  gateway::TerminalStore terminals{store.database()};
  gateway::ProgressStore progress =
      *gateway::ProgressStore::open(folder.path / "progress.sqlite", gateway::ProgressStore::Writer::server);
  gateway::ApplicantKey applicant_key{base::Secret(std::string(32, '\3'))};
  gateway::QueryLimit query_limit;
  base::SystemClock clock;
  base::SeededRandom random{1};
  gateway::Platform platform{keys,
                             answer_key,
                             devices,
                             catalogue,
                             1,
                             gateway::signed_catalogue(catalogue.manifest(keys, 1, "2027-12-31T00:00:00Z"), answer_key),
                             store,
                             tickets,
                             terminals,
                             progress,
                             applicant_key,
                             query_limit,
                             clock,
                             random,
                             [](const auto&, bool) {}};
};

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

gateway::Request read_request(std::string_view text) {
  gateway::Request request;
  const auto first = take_line(text);
  const auto space = first.find(' ');
  request.method = first.substr(0, space);
  if (space != std::string_view::npos) request.path = first.substr(space + 1);
  bool fill_in = false;
  for (auto line = take_line(text); !line.empty(); line = take_line(text)) {
    const auto colon = line.find(": ");
    if (line == "!") fill_in = true;
    if (colon != std::string_view::npos) request.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  request.body = text;
  if (fill_in) {
    request.headers.emplace_back("content-length", std::to_string(request.body.size()));
    request.headers.emplace_back("content-digest", gateway::to_field(gateway::sha256(request.body)));
  }
  return request;
}

bool is_documented(int status) {
  for (const int known : {200, 201, 304, 400, 403, 404, 405, 409, 411, 413, 415, 422})
    if (status == known) return true;
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Office office;
  base::log::quiet();
  const auto request = read_request({reinterpret_cast<const char*>(data), size});
  const auto response = gateway::answer(office.platform, request);
  if (!is_documented(response.status)) std::abort();
  if (response.status == 201 && gateway::answer(office.platform, request).status != 200) std::abort();
  if (response.status >= 400 && response.body.find("\"code\"") == std::string::npos) std::abort();
  return 0;
}
