// Every block of memory in this process is overwritten when it is freed, whoever frees it: what is known of a resident passes
// through strings, JSON values, a text engine, a window system and a database that know nothing of secrecy. This catches them
// all, and what they will add. docs/decisions/nothing-remains.md.
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/secret.h"

#ifdef LINLI_SANITIZED

// The sanitizer's allocator does it itself. The first is for libgooglepinyin 0.1.2, which frees arrays with plain delete.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizer asks for this name
extern "C" const char* __asan_default_options() {
  return "alloc_dealloc_mismatch=0:max_free_fill_size=1073741824:free_fill_byte=0";
}

#else

// glibc lets a program replace the functions of its allocator and offers its own by these names.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" void* __libc_malloc(std::size_t size) noexcept;
extern "C" void __libc_free(void* block) noexcept;
// NOLINTEND(bugprone-reserved-identifier)

extern "C" void free(void* block) noexcept {
  if (block == nullptr) return;
  base::wipe(block, malloc_usable_size(block));
  __libc_free(block);
}

// glibc's would leave the old place of a block that moves, and the end of one that shrinks, as they are.
extern "C" void* realloc(void* block, std::size_t size) noexcept {
  if (block == nullptr) return __libc_malloc(size);
  if (size == 0) return free(block), nullptr;
  const std::size_t room = malloc_usable_size(block);
  if (size <= room && size >= room / 2) {
    base::wipe(static_cast<char*>(block) + size, room - size);
    return block;
  }
  void* moved = __libc_malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, std::min(size, room));
  free(block);
  return moved;
}

#endif
