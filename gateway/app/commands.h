// What linli-gateway can be told to do. Each returns when it is done; an error is one plain sentence.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace gateway {

struct ServeOptions {
  std::filesystem::path data;
  std::filesystem::path services;
  std::string listen = "127.0.0.1:8790";
  std::filesystem::path port_file;   // empty = none
  std::filesystem::path office_key;  // empty = office.key in the data folder
};
// Until SIGTERM or SIGINT.
base::Status serve(const ServeOptions& options);

struct ShowOptions {
  std::filesystem::path data;
  std::filesystem::path office_key;
  bool json = false;
  std::string id;  // empty = every application
};
// Prints personal data to standard output: this is the office's own view. Only while no server runs on this data.
base::Status show(const ShowOptions& options);

// Makes the key pair when it is missing; prints the public half in hex.
base::Status print_keys(const std::filesystem::path& data, const std::filesystem::path& office_key);

std::filesystem::path key_file(const std::filesystem::path& data, const std::filesystem::path& office_key);
std::filesystem::path store_file(const std::filesystem::path& data);

}  // namespace gateway
