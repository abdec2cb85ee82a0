#!/usr/bin/env bash
# Every .po file compiles, and leaves nothing untranslated or doubtful.
set -euo pipefail
bad=0
while IFS= read -r -d '' file; do
  count=$(LC_ALL=C.UTF-8 LANGUAGE=C msgfmt --check --statistics -o /dev/null "$file" 2>&1) || bad=1
  printf '%s: %s\n' "$file" "$count"
  if [[ $count == *fuzzy* || $count == *untranslated* ]]; then bad=1; fi
done < <(find assets -name '*.po' -print0)
exit $bad
