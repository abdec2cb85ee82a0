// What is on the medium of a watched folder, as files in another one, the store: for each file "KEY.bytes", its contents when it
// was synced last; for each folder "KEY.names", its entries when it was synced last, a line each: KIND MODE KEY NAME, kind d or
// f. KEY is a file's identity, whatever its name.
#pragma once

#include <string>

namespace test_support {

std::string key_of(int file);  // empty: no such file
// Keeps what the open file or folder is now. False when it cannot.
bool keep(int file, const std::string& store);

}  // namespace test_support
