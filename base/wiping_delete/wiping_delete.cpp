// Every block of C++ memory in this process is overwritten when it is freed. What is known of a resident passes through
// strings, JSON values and a parser that know nothing of secrecy; this catches them all, and what they will add.
#include <malloc.h>

#include <cstdlib>
#include <new>

#include "base/secret.h"

namespace {

void wipe_and_free(void* block) noexcept {
  if (block == nullptr) return;
  base::wipe(block, malloc_usable_size(block));
  std::free(block);
}

void* allocate(std::size_t size) {
  if (void* block = std::malloc(size == 0 ? 1 : size)) return block;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size == 0 ? 1 : size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size == 0 ? 1 : size); }
void operator delete(void* block) noexcept { wipe_and_free(block); }
void operator delete[](void* block) noexcept { wipe_and_free(block); }
void operator delete(void* block, std::size_t) noexcept { wipe_and_free(block); }
void operator delete[](void* block, std::size_t) noexcept { wipe_and_free(block); }
