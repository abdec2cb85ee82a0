// linli-devices: simulated devices for other software, on pseudo-terminals and TCP ports, and words that make trouble.
#include <fmt/format.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <thread>

#include "base/file_descriptor.h"
#include "kiosk/app/control/control_server.h"
#include "kiosk/app/linli_devices/model_catalogue.h"
#include "kiosk/app/linli_devices/script.h"

namespace {

using linli_devices::Bench;

constexpr const char* kWords = "words";     // field of a request
constexpr std::size_t kLongestLine = 4096;  // bytes of words on standard input

struct Wish {
  std::vector<std::string> offers;
  std::string script;
  std::string control;
};

void print(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

int fail(const base::Error& error) {
  std::fputs((error.detail + '\n').c_str(), stderr);
  return EXIT_FAILURE;
}

std::string words_of_all() {
  std::string text = "Words, on standard input or in a script; of every model:\n";
  text += hal::CableFaults::commands();
  for (const auto& driver : hal::drivers())
    text += fmt::format("\nof {} ({}):\n{}", driver.name, driver.serves, driver.make_model()->commands());
  text += "\nModels: ";
  for (const auto& name : linli_devices::model_names()) text += name + ' ';
  return text + "\nA HID scanner gives raw reports, a keyboard raw input events: one after another, as the kernel's nodes do.\n";
}

// Reads words until the program is told to end. Standard input may end before.
class Listener {
 public:
  explicit Listener(Bench& bench) : bench_(bench) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    signals_ = base::FileDescriptor(signalfd(-1, &ends, SFD_CLOEXEC));
  }

  void listen() {
    bool words_come = true;
    while (true) {
      std::array waits{pollfd{signals_.get(), POLLIN, 0}, pollfd{words_come ? STDIN_FILENO : -1, POLLIN, 0}};
      if (poll(waits.data(), waits.size(), -1) < 0) continue;
      if (waits[0].revents != 0) return;
      if (waits[1].revents != 0) words_come = hear();
    }
  }

 private:
  bool hear() {
    std::array<char, 512> bytes{};
    const auto count = read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count <= 0) return false;
    for (const char c : std::string_view(bytes.data(), static_cast<std::size_t>(count))) {
      if (c != '\n' && line_.size() < kLongestLine)
        line_.push_back(c);
      else
        carry_out(std::exchange(line_, {}));
    }
    return true;
  }

  void carry_out(const std::string& line) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) return;
    const auto said = bench_.say(line);
    print(said ? "ok" : said.error().detail);
  }

  Bench& bench_;
  base::FileDescriptor signals_;
  std::string line_;
};

int serve(const Wish& wish) {
  Bench bench;
  Listener listener(bench);  // blocks the signals before there are threads
  std::vector<linli_devices::ScriptLine> script;
  if (!wish.script.empty()) {
    auto read = linli_devices::read_script(wish.script);
    if (!read) return fail(read.error());
    script = *std::move(read);
  }
  std::unique_ptr<kiosk::ControlServer> control;
  for (const auto& offer : wish.offers) {
    const auto line = bench.offer(offer);
    if (!line) return fail(line.error());
    print(*line);
  }
  if (!wish.control.empty()) {
    auto opened = kiosk::ControlServer::open(wish.control, "", [&bench](kiosk::ControlCall call) {
      const auto said = bench.say(call.text(kWords));
      if (said)
        call.answer();
      else
        call.refuse(said.error().detail);
    });
    if (!opened) return fail(opened.error());
    control = *std::move(opened);
  }
  hal::WakeEvent end;
  std::thread player([&] {
    if (const auto played = play(script, bench, end); !played) print(wish.script + ": " + played.error().detail);
  });
  listener.listen();
  end.set();
  player.join();
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"linli-devices offers simulated devices to other software: the firmware's models behind real wire bytes"};
  program.set_version_flag("--version", LINLI_VERSION);
  Wish wish;
  program
      .add_option("offers", wish.offers,
                  "MODEL=PLACE: sdt=pty, sdt=pty:/tmp/reader (a link to the terminal), escpos=tcp:9100, "
                  "escpos/generic-58mm=tcp:0.0.0.0:9101, pcsc=vpcd, pcsc=vpcd:35963 (a card in the virtual reader of pcscd)")
      ->required()
      ->type_name("MODEL=PLACE");
  program.add_option("--script", wish.script, "file of words, carried out in order; \"wait MS\" lets time pass, # is a remark");
  program.add_option("--control", wish.control,
                     R"(socket that takes words from programs: {"request":"say","words":"sdt lay R1"})");
  program.footer(words_of_all);
  CLI11_PARSE(program, argc, argv);
  return serve(wish);
}
