#include "base/secret.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace base {

void wipe(void* data, std::size_t size) {
  if (size > 0) explicit_bzero(data, size);
}

void wipe(std::string& text) {
  wipe(text.data(), text.capacity());
  text.clear();
}

Secret::Secret(std::string_view text) { append(text); }

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
  }
  return *this;
}

void Secret::append(std::string_view text) {
  if (text.empty()) return;
  if (size_ + text.size() > capacity_) {
    const std::size_t capacity = std::max(size_ + text.size(), capacity_ * 2);
    char* grown = new char[capacity];
    if (size_ > 0) std::memcpy(grown, data_, size_);
    std::memcpy(grown + size_, text.data(), text.size());
    const std::size_t size = size_ + text.size();
    wipe();
    data_ = grown;
    size_ = size;
    capacity_ = capacity;
    return;
  }
  std::memcpy(data_ + size_, text.data(), text.size());
  size_ += text.size();
}

void Secret::pop_back() {
  if (size_ > 0) data_[--size_] = 0;
}

void Secret::wipe() {
  base::wipe(data_, capacity_);
  delete[] std::exchange(data_, nullptr);
  size_ = capacity_ = 0;
}

bool operator==(const Secret& a, const Secret& b) {
  if (a.size_ != b.size_) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size_; ++i)
    difference |= static_cast<unsigned char>(a.data_[i]) ^ static_cast<unsigned>(static_cast<unsigned char>(b.data_[i]));
  return difference == 0;
}

}  // namespace base
