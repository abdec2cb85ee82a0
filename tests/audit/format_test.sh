#!/usr/bin/env bash
# Every C++ source has the format of .clang-format.      format_test.sh CLANG_FORMAT
set -euo pipefail
find base typeset hal offline_cache kiosk ui gateway tests -name node_modules -prune -o \
  \( -name '*.cpp' -o -name '*.h' \) -print0 | xargs -0 -r "$1" --dry-run --Werror || {
  echo "./dev format mends it."
  exit 1
}
