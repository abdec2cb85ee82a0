#!/usr/bin/env bash
# A generated page in the tree is what its generator prints today.      same_as_committed.sh PAGE COMMAND...
set -euo pipefail
page=$1
shift
diff "$page" <("$@") || {
  echo "$page is out of date; its first lines say how it is written anew."
  exit 1
}
