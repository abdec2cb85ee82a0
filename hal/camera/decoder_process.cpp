#include "hal/camera/decoder_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "base/log.h"
#include "base/secret.h"
#include "hal/transport/deadline.h"

namespace hal {

// Ours to write, the process's to read.
class DecoderProcess::Memory {
 public:
  static std::unique_ptr<Memory> create() {
    base::FileDescriptor file(memfd_create("frames", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file.valid() || ftruncate(file.get(), kMostFramePixels) != 0) return nullptr;
    void* const pixels = mmap(nullptr, kMostFramePixels, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    if (pixels == MAP_FAILED) return nullptr;
    // Neither side can take the ground from under the other's feet, and nobody else can write.
    fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL);
    return std::unique_ptr<Memory>(new Memory(std::move(file), static_cast<std::uint8_t*>(pixels)));
  }
  ~Memory() {
    base::wipe(pixels_, kMostFramePixels);
    munmap(pixels_, kMostFramePixels);
  }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  int file() const { return file_.get(); }
  std::uint8_t* pixels() { return pixels_; }

 private:
  Memory(base::FileDescriptor file, std::uint8_t* pixels) : file_(std::move(file)), pixels_(pixels) {}
  base::FileDescriptor file_;
  std::uint8_t* pixels_;
};

namespace {

// Inherits nothing but these two: everything else of ours is opened to be closed at exec. -1 with the reason in the log.
pid_t spawn(const std::filesystem::path& program, int memory, int socket) {
  std::string path = program.string();
  std::array<char*, 2> arguments{path.data(), nullptr};
  std::array<char*, 1> environment{nullptr};
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, memory, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, path.c_str(), &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed == 0) return pid;
  base::log::warning("{} cannot be started: {}{}", program.string(), std::strerror(failed),
                     failed == ENOENT ? "; it belongs beside the kiosk's own program" : "");
  return -1;
}

}  // namespace

DecoderProcess::DecoderProcess(std::unique_ptr<Memory> memory, base::FileDescriptor socket, pid_t pid)
    : memory_(std::move(memory)), socket_(std::move(socket)), pid_(pid) {}

DecoderProcess::~DecoderProcess() {
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {}
}

std::unique_ptr<DecoderProcess> DecoderProcess::start(const std::filesystem::path& program, const WakeEvent& cancelled,
                                                      std::chrono::milliseconds patience) {
  auto memory = Memory::create();
  std::array<int, 2> ends{-1, -1};
  if (!memory || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    base::log::warning("no memory or socket for the decoder of frames");
    return nullptr;
  }
  base::FileDescriptor ours(ends[0]);
  base::FileDescriptor its(ends[1]);
  fcntl(ours.get(), F_SETFL, O_NONBLOCK);
  const pid_t pid = spawn(program, memory->file(), its.get());
  its.reset();  // or its death would not be heard
  if (pid < 0) return nullptr;
  std::unique_ptr<DecoderProcess> process(new DecoderProcess(std::move(memory), std::move(ours), pid));
  const auto ready = process->hear(cancelled, patience);
  if (!ready || ready->outcome != DecoderReply::Outcome::ready) return nullptr;
  process->filtered_ = ready->filtered;
  return process;
}

std::optional<DecoderReply> DecoderProcess::look(std::span<const std::uint8_t> pixels, int width, int height,
                                                 const WakeEvent& cancelled, std::chrono::milliseconds patience) {
  const std::size_t size = std::min(pixels.size(), kMostFramePixels);
  std::copy_n(pixels.begin(), size, memory_->pixels());
  sequence_ = std::max(1U, sequence_ + 1);
  const auto request = encode(DecoderRequest{sequence_, width, height});
  std::optional<DecoderReply> reply;
  if (send(socket_.get(), request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()))
    reply = hear(cancelled, patience);
  base::wipe(memory_->pixels(), size);
  if (reply && (reply->outcome == DecoderReply::Outcome::ready || reply->sequence != sequence_)) {
    base::wipe(reply->bytes);
    reply.reset();
  }
  return reply;
}

std::optional<DecoderReply> DecoderProcess::hear(const WakeEvent& cancelled, std::chrono::milliseconds patience) {
  if (cancelled.wait(socket_.get(), POLLIN, deadline_after(patience)) != Woken::ready) return std::nullopt;
  std::array<std::uint8_t, kMostReplyBytes + 1> buffer{};  // one more, so that what is too long is seen to be
  const auto size = recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (size <= 0) return std::nullopt;  // it died
  auto reply = parse_decoder_reply(std::span(buffer).first(static_cast<std::size_t>(size)));
  base::wipe(buffer.data(), buffer.size());
  return reply;
}

}  // namespace hal
