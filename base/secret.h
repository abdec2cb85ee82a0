// Personal data as a type. A Secret cannot be printed, logged or copied by accident; its bytes live in one
// heap block that is overwritten when the Secret dies, is moved from or is assigned to.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view text);
  ~Secret() { wipe(); }
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  // A second copy, on purpose.
  Secret clone() const { return Secret(reveal()); }

  // The text, valid until the Secret changes. Every use of it is a place where personal data goes somewhere.
  std::string_view reveal() const { return {data_, size_}; }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  void append(std::string_view text);
  void pop_back();  // removes the last byte; nothing when empty
  void wipe();      // overwrites and empties

  // Compares in time that does not depend on where the texts differ.
  friend bool operator==(const Secret& a, const Secret& b);

 private:
  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

// Overwrites memory in a way the compiler keeps.
void wipe(void* data, std::size_t size);
// Overwrites a string's whole capacity and empties it.
void wipe(std::string& text);

}  // namespace base
