// linli-kiosk: run a terminal, print its identity, try it with simulated devices, play a visit without a display, or draw every
// screen.
#include <CLI/CLI.hpp>

#include "base/standard_streams.h"
#include "kiosk/app/commands.h"
#include "kiosk/app/default_data.h"
#include "kiosk/app/last_words.h"

namespace {

void add_demo_options(CLI::App& command, kiosk::DemoOptions& options) {
  command.add_option("--lang", options.language, "language of the first screen")
      ->check(CLI::IsMember({"zh", "zh-Hant", "en"}))
      ->capture_default_str();
  command.add_option("--size", options.size, "text size, 1 smallest to 4 largest")
      ->check(CLI::Range(1, 4))
      ->capture_default_str();
  command.add_option("--service", options.service, "id of the service applied for")->capture_default_str();
  command.add_option("--card", options.card, "whose card is laid down")->capture_default_str();
  command.add_flag("--offline", options.offline, "begin with the network cut");
  command.add_flag("--tls", options.tls, "reach the platform by HTTPS, with certificates on both sides");
  auto* landscape = command.add_flag("--landscape", options.landscape, "1920 x 1080 instead of 1080 x 1920");
  command
      .add_flag_callback(
          "--portrait", [] {}, "1080 x 1920, the default")
      ->excludes(landscape);
}

void add_shot_options(CLI::App& command, kiosk::ShotOptions& options) {
  command.add_option("--out,folder", options.folder, "folder for the pictures")->capture_default_str();
  command.add_option("--lang", options.languages, "languages, default zh,en")->delimiter(',');
  command.add_option("--size", options.sizes, "text sizes, 1 smallest to 4 largest, default 2")
      ->delimiter(',')
      ->check(CLI::Range(1, 4));
  command.add_option("--theme", options.themes, "1 standard, 2 black on white, 3 white on black, 4 low glare; default 1")
      ->delimiter(',')
      ->check(CLI::Range(1, 4));
  command.add_flag("--portrait", options.portrait, "only upright");
  command.add_flag("--landscape", options.landscape, "only lying");
  command.add_option("--inches", options.inches, "panels, default 21.5")->delimiter(',')->check(CLI::Range(15.0, 33.0));
  command.add_flag("--low", options.low, "the low layout, too");
  command.add_flag("--voice", options.voice, "as while it is read aloud: with focus ring and caption");
  command.add_flag("--steady", options.steady, "with the larger buttons for hands that tremble");
}

}  // namespace

int main(int argc, char** argv) {
  base::keep_standard_streams();
  kiosk::end_plainly();
  CLI::App app{"Linli, a self-service terminal for community halls"};
  app.set_version_flag("--version", LINLI_VERSION);
  app.require_subcommand(1);

  std::filesystem::path configuration = "/etc/linli/kiosk.toml";
  auto* run = app.add_subcommand("run", "run the terminal that a configuration describes");
  run->add_option("--config", configuration, "configuration file")->capture_default_str();
  bool print_tree = false;
  const char* const about_tree = "tell what is on the screen, for assistive programs and tests";
  run->add_flag("--tree", print_tree, about_tree);

  auto* identity = app.add_subcommand("identity", "print what the office has to know of this machine: its public key");
  identity->add_option("--config", configuration, "configuration file")->capture_default_str();

  kiosk::DemoOptions options;
  options.data = kiosk::default_data();
  auto* demo = app.add_subcommand("demo", "try the kiosk in a window, with simulated devices beside it");
  add_demo_options(*demo, options);
  demo->add_option("--data", options.data, "folder of the queue and the platform")->capture_default_str();
  demo->add_option("--reader", options.reader, "sdt: a plate for ID cards, or pcsc: a slot for chip cards")
      ->check(CLI::IsMember({"sdt", "pcsc"}))
      ->capture_default_str();
  demo->add_flag("--tree", options.print_tree, about_tree);
  demo->add_flag("!--no-dock", options.dock, "the kiosk alone, in a window of its own size");

  std::filesystem::path out = "visit";
  auto* play = app.add_subcommand("play", "play one visit without a display; leaves screens, paper and records");
  add_demo_options(*play, options);
  play->add_option("--out", out, "folder for what the visit leaves; emptied first")->capture_default_str();

  kiosk::ShotOptions pictures;
  add_shot_options(*app.add_subcommand("shots", "draw every screen in every language, text size, theme and orientation"),
                   pictures);

  auto* hash_pin = app.add_subcommand("hash-pin", "read a PIN from standard input, print what belongs into [staff] pin_hash");

  CLI11_PARSE(app, argc, argv);
  return kiosk::exit_code_of([&] {
    if (*hash_pin) return kiosk::print_pin_hash();
    if (*run) return kiosk::run_terminal(configuration, print_tree);
    if (*identity) return kiosk::print_identity(configuration);
    if (*demo) return kiosk::run_demo(options);
    if (*play) return kiosk::play_visit(options, out);
    return kiosk::draw_shots(pictures);
  });
}
