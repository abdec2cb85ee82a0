// Named places between two steps of something that has to survive. A test stops there: kills the process, cuts the power of a
// simulated disk, or has the function report that it failed although it took effect. The points and what has to be true after
// each of them are in tests/offline_cache/crash/points.h.
//
// Where NDEBUG is defined, as in every build that is shipped, nothing is left of them, not even their names (audit:failpoints).
#pragma once

#ifdef NDEBUG

#define LINLI_FAILPOINT(name) static_cast<void>(0)
#define LINLI_CRASHPOINT(name) static_cast<void>(0)

#else

namespace base {

// Asked with the name at every point that is passed, on the thread that passes it. True: the function ends there with
// save_io_error (LINLI_FAILPOINT alone). Null: nobody asks. Set before other threads begin.
inline bool (*failpoint)(const char* name) = nullptr;

}  // namespace base

// In functions that return base::Status or base::Result.
#define LINLI_FAILPOINT(name)                                              \
  do {                                                                     \
    if (base::failpoint != nullptr && base::failpoint(name))               \
      return base::Error{base::Failure::save_io_error, "failpoint " name}; \
  } while (false)
// Anywhere.
#define LINLI_CRASHPOINT(name)                                                \
  do {                                                                        \
    if (base::failpoint != nullptr) static_cast<void>(base::failpoint(name)); \
  } while (false)

#endif
