// What linli-gateway can be told to do. Each returns when it is done; an error is one plain sentence.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace gateway {

struct ServeOptions {
  std::filesystem::path data;
  std::filesystem::path services;
  std::filesystem::path notices;  // empty = none
  std::string listen = "127.0.0.1:8790";
  std::filesystem::path port_file;   // empty = none
  std::filesystem::path office_key;  // empty = office.key in the data folder
  std::filesystem::path devices;     // folder of device_list.h; empty = DATA/devices if there is one, else nothing is checked
  std::filesystem::path tls_certificate, tls_key;  // empty = plain HTTP
  std::filesystem::path client_ca;                 // empty = no client certificate is asked for
};
// Until SIGTERM or SIGINT.
base::Status serve(const ServeOptions& options);

struct ShowOptions {
  std::filesystem::path data;
  std::filesystem::path office_key;
  bool json = false;
  std::string id;               // empty = every application
  std::filesystem::path parts;  // folder for their attachments, opened; empty = none
};
// Prints personal data to standard output: this is the office's own view. Only while no server runs on this data.
base::Status show(const ShowOptions& options);

struct KeysOptions {
  std::filesystem::path data;
  std::filesystem::path office_key;
  int suite = 1;
  bool json = false;
};
// Makes the key pair of the suite when it is missing; prints its public half in hex. With `json`: an object of office_key
// and answer_key.
base::Status print_keys(const KeysOptions& options);

struct CertificatesOptions {
  std::filesystem::path folder;
  std::string host = "127.0.0.1";
  std::string terminal = "HP-03";
};
// Makes certificates for trying things out; prints the server's pin.
base::Status make_certificates(const CertificatesOptions& options);

struct StateOptions {
  std::filesystem::path data;
  std::string number;  // of the application, "2026-000017"
  std::string state;   // empty: print the states it had
};
// What the office tells residents of an application. A server may run on this data.
base::Status state(const StateOptions& options);

std::filesystem::path answer_key_file(const std::filesystem::path& data);
std::filesystem::path store_file(const std::filesystem::path& data);
std::filesystem::path progress_file(const std::filesystem::path& data);

}  // namespace gateway
