// A small certificate authority for trying things out: a CA, a server certificate and one client certificate for a
// terminal, on P-256, valid for ten years (the CA) and one year. A real office has a CA of its own.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace gateway {

// Written to `folder` when missing, never replaced: ca.pem, ca.key, server.pem, server.key, TERMINAL.pem, TERMINAL.key; keys
// with mode 0600. `host` is a numeric address or a name.
base::Status make_development_certificates(const std::filesystem::path& folder, const std::string& host,
                                           const std::string& terminal, const base::Clock& clock);

// What a terminal pins: "sha256//<base64 of the SHA-256 of the certificate's public key>".
base::Result<std::string> pin_of(const std::filesystem::path& certificate);

}  // namespace gateway
