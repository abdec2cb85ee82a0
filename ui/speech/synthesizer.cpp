#include "ui/speech/synthesizer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "base/file_descriptor.h"
#include "ui/speech/spoken_text.h"

namespace ui {
namespace {

using base::FileDescriptor;

constexpr std::array kVoices{VoiceOfLanguage{"zh-Hans", "cmn-latn-pinyin", 160},
                             VoiceOfLanguage{"zh-Hant", "cmn-latn-pinyin", 160},
                             VoiceOfLanguage{"en", "en-gb", 116},
                             VoiceOfLanguage{"ug", "ug", 120},
                             VoiceOfLanguage{"ar", "ar", 120},
                             VoiceOfLanguage{"hi", "hi", 120}};

constexpr int kSlowestVoice = 80;                             // words a minute: below, espeak-ng speaks no slower
constexpr std::size_t kMostBytes = kLongestSound * 2 + 4096;  // of sound and header
constexpr std::chrono::milliseconds kStopCheck{20};

struct Pipe {
  FileDescriptor read, write;
};

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

// The child's input is a socket: writing to a child that has died must not end this process by a signal.
std::optional<Pipe> make_input() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::nullopt;
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

class Child {
 public:
  Child(const std::vector<std::string>& command, int input, int output) {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));  // NOLINT: execv's interface
    arguments.push_back(nullptr);
    std::array<char*, 1> environment{nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&pid_, arguments.front(), &actions, nullptr, arguments.data(), environment.data()) != 0) pid_ = -1;
    posix_spawn_file_actions_destroy(&actions);
  }
  ~Child() {
    if (pid_ < 0) return;
    kill(pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {}
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  bool started() const { return pid_ > 0; }

 private:
  pid_t pid_ = -1;
};

// Everything the child writes until it closes; nothing when it took too long or was to stop.
std::optional<std::string> read_all(int from, const std::stop_token& stop) {
  std::string bytes;
  std::array<char, 65536> buffer{};
  const auto until = std::chrono::steady_clock::now() + kSynthesisPatience;
  while (!stop.stop_requested() && std::chrono::steady_clock::now() < until) {
    pollfd waiting{from, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(kStopCheck.count())) <= 0) continue;
    const ssize_t count = read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return bytes;
    if (bytes.size() + static_cast<std::size_t>(count) > kMostBytes) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return std::nullopt;
}

// The socket's buffer holds what is written here: a sentence is far below it.
void give(FileDescriptor to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = send(to.get(), text.data(), std::min<std::size_t>(text.size(), 32768), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

std::optional<VoiceOfLanguage> voice_for(std::string_view language_tag) {
  const auto found = std::ranges::find(kVoices, language_tag, &VoiceOfLanguage::tag);
  return found == kVoices.end() ? std::nullopt : std::optional(*found);
}

std::string text_for_voice(std::string_view text, std::string_view language_tag, const Lexicon& chinese) {
  const std::string spoken = spoken_text(text, language_tag);
  return language_tag.starts_with("zh") ? chinese.applied_to(spoken) : spoken;
}

base::Result<Sound> Synthesizer::speak(const std::string& text, const VoiceOfLanguage& voice, int percent,
                                       const std::stop_token& stop) const {
  if (access(program_.c_str(), X_OK) != 0) return base::Error{base::Failure::asset_missing, program_};
  auto input = make_input();
  auto output = make_pipe();
  if (!input || !output) return base::Error{base::Failure::internal, "no pipe for the voice"};
  const int wanted = voice.words_per_minute * percent / 100;
  std::vector<std::string> command{
      program_, "-v", std::string(voice.voice), "-s", std::to_string(std::max(wanted, kSlowestVoice)), "--stdin", "--stdout"};
  // Slower than it can speak: with pauses between words, in units of 10 ms.
  if (wanted < kSlowestVoice) {
    command.emplace_back("-g");
    command.push_back(std::to_string((6000 / wanted - 6000 / kSlowestVoice)));
  }
  const Child child(command, input->read.get(), output->write.get());
  if (!child.started()) return base::Error{base::Failure::internal, "the voice does not start"};
  input->read = FileDescriptor();
  output->write = FileDescriptor();
  give(std::move(input->write), text);
  const auto bytes = read_all(output->read.get(), stop);
  if (!bytes) return base::Error{base::Failure::internal, "the voice gives no answer"};
  return decode_wav(*bytes);
}

}  // namespace ui
