// The things the program can do. Each returns when it is over.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "kiosk/app/options.h"

namespace kiosk {

// print_tree as WindowPlan::print_tree.
base::Status run_terminal(const std::filesystem::path& configuration, bool print_tree);
base::Status run_demo(const DemoOptions& options);
base::Status play_visit(const DemoOptions& options, const std::filesystem::path& out);
// The public half of the key this machine signs with, made when it is missing.
base::Status print_identity(const std::filesystem::path& configuration);
base::Status print_pin_hash();  // of the PIN on standard input
base::Status draw_shots(const ShotOptions& options);

}  // namespace kiosk
