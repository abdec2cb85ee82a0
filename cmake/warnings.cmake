# The warnings that live together on g++ 12; every one is an error.
add_library(linli_warnings INTERFACE)
if(LINLI_SANITIZE MATCHES "thread")
  return()  # AddressSanitizer's build compiles the same sources
endif()
target_compile_options(linli_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-qual -Wcast-align -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Wundef
  -Wswitch-enum -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(linli_warnings INTERFACE -Wduplicated-cond -Wlogical-op -Wuseless-cast)
  # g++ 12 reports false null dereferences inside library templates wherever it inlines (CLI11 at -O1, std::vector at -O2);
  # clang's warning of that name, which fuzz builds have, does not guess.
  target_compile_options(linli_warnings INTERFACE -Wno-null-dereference)
  if(LINLI_SANITIZE)
    target_compile_options(linli_warnings INTERFACE -Wno-maybe-uninitialized)  # for the same reason
  endif()
endif()
