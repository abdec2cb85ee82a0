// The key of the chains (offline_cache/submission.h), kept over a crash of the program and over nothing else: the service manager
// holds a file of memory for us (FileDescriptorStoreMax= of packaging/systemd) and gives it back at the next start. It is on no
// disk; when the power goes or the service is stopped, so is the key.
#pragma once

#include "base/random.h"
#include "offline_cache/submission.h"

namespace kiosk {

// The one that was kept, else a new one, which is given to the service manager if there is one.
offline_cache::ChainKey kept_chain_key(base::Random& random);

}  // namespace kiosk
