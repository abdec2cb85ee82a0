if(LINLI_SANITIZE)
  add_compile_options(-fsanitize=${LINLI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${LINLI_SANITIZE})
  if(LINLI_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=null)  # AddressSanitizer reports the crash (docs/decisions/sanitizers.md)
  endif()
endif()

# Environment of every test, and so of every program it starts. One variable only: gtest_discover_tests splits a list.
if(LINLI_SANITIZE MATCHES "thread")
  set(LINLI_TEST_ENVIRONMENT
    "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/suppressions/races.txt:ignore_noninstrumented_modules=1")
else()
  set(LINLI_TEST_ENVIRONMENT
    "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/suppressions/leaks.txt:print_suppressions=0")
endif()
