#!/usr/bin/env bash
# ./dev installs what is missing and nothing else. Runs a copy of the script where dpkg-query, apt-get, sudo, id, cmake and
# the rest are stubs that only write down how they were called.
# shellcheck disable=SC2016,SC2317 # the stubs' lines are meant literally; is and contains are called by expect
set -euo pipefail
script=$PWD/dev
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failures=0

stub() { # stub NAME [LINE OF BASH]
  printf '#!/bin/bash\necho "%s $*" >>%q\n%s\n' "$1" "$place/calls" "${2:-}" >"$place/bin/$1"
  chmod +x "$place/bin/$1"
}

# A machine where everything is installed, run by root.
fresh_machine() {
  rm -rf "${place:?}"/*
  mkdir -p "$place/bin" "$place/tree/tests" "$place/tree/build/dev/bin"
  cp "$script" "$place/tree/dev"
  cp "$(dirname "$script")/tests/run_preset.sh" "$place/tree/tests/"
  : >"$place/calls"
  local tool
  for tool in bash env cat grep sed basename paste tee tail touch mkdir rm dirname find printf; do ln -s "$(type -P "$tool")" "$place/bin/$tool"; done
  stub nproc 'echo 2'
  stub id 'echo 0'
  stub setarch 'shift; exec "$@"'
  stub cmake 'if [[ $1 == --preset ]]; then mkdir -p "build/$2"; fi'
  stub apt-get
  # dpkg-query -W -f=FORMAT PACKAGE...: everything is installed but what MISSING names.
  stub dpkg-query 'for p in "${@:3}"; do [[ " $MISSING " == *" $p "* ]] || echo "$p installed"; done'
  printf '#!/bin/bash\necho "linli-kiosk $*" >>%q\n' "$place/calls" >"$place/tree/build/dev/bin/linli-kiosk"
  chmod +x "$place/tree/build/dev/bin/linli-kiosk"
}

run_dev() { # MISSING packages, then the arguments; result in $code, $said
  local missing=$1
  shift
  code=0
  said=$(cd "$place/tree" && env -i PATH="$place/bin" MISSING="$missing" ${DISPLAY_FOR_TEST:+DISPLAY=$DISPLAY_FOR_TEST} \
    bash ./dev "$@" 2>&1 </dev/null) || code=$?
}

calls() { grep -c -- "$1" "$place/calls" || true; }

expect() { # expect SENTENCE COMMAND...
  local sentence=$1
  shift
  if "$@"; then
    echo "ok: $sentence"
  else
    echo "FAILED: $sentence"
    printf 'exit code %s, it said:\n%s\n' "$code" "$said"
    printf 'it called:\n%s\n' "$(cat "$place/calls")"
    failures=$((failures + 1))
  fi
}

is() { [[ $1 == "$2" ]]; }
contains() { [[ $1 == *"$2"* ]]; }

fresh_machine
run_dev "" run --lang zh
expect "nothing missing: run succeeds" is "$code" 0
expect "nothing missing: apt-get is not called" is "$(calls '^apt-get')" 0
expect "no display: one visit is played into build/visit" is "$(calls '^linli-kiosk play --out build/visit --lang zh$')" 1

DISPLAY_FOR_TEST=:7 run_dev "" run --size 3
expect "a display: the demo opens" is "$(calls '^linli-kiosk demo --size 3$')" 1

fresh_machine
run_dev "libsdl2-dev fonts-noto-cjk" run
expect "something missing: run succeeds after installing it" is "$code" 0
expect "something missing: one install names exactly that" \
  is "$(calls ' install --no-install-recommends libsdl2-dev fonts-noto-cjk$')" 1
expect "something missing: the lists are updated once" is "$(calls '^apt-get .* update$')" 1
expect "something missing: the user is told what" contains "$said" "Missing: libsdl2-dev fonts-noto-cjk"

fresh_machine
run_dev "zbar-tools chromium clang" run
expect "run does not install what only tests, fuzzers or benchmarks need" is "$(calls '^apt-get')" 0

fresh_machine
stub id 'echo 1000'
run_dev "libsdl2-dev" run
expect "no root, no sudo: non-zero exit" is "$code" 1
expect "no root, no sudo: one plain sentence" is "$said" \
  "Packages are missing, and installing them needs root or sudo: libsdl2-dev."
expect "no root, no sudo: nothing is tried" is "$(calls '^apt-get')$(calls '^cmake')" 00

fresh_machine
stub id 'echo 1000'
stub sudo 'exec "$@"'
run_dev "libsdl2-dev" run
expect "sudo: it installs" is "$(calls '^sudo env DEBIAN_FRONTEND=noninteractive apt-get .* install ')" 1

fresh_machine
rm "$place/bin/apt-get" "$place/bin/dpkg-query"
run_dev "" run
expect "no apt: non-zero exit" is "$code" 1
expect "no apt: one plain sentence" contains "$said" "this system has no apt to install its packages with: git build-essential"
expect "no apt: no more than that" is "$(grep -c . <<<"$said")" 1

fresh_machine
stub apt-get '[[ $* != *install* ]]'
run_dev "libsdl2-dev" run
expect "apt fails: it is tried twice" is "$(calls '^apt-get .* install ')" 2
expect "apt fails: a sentence names the package" contains "$said" "apt could not install these packages: libsdl2-dev."
expect "apt fails: non-zero exit" is "$code" 1

fresh_machine
stub cmake '[[ $1 != --build ]] || { echo "base/hex.cpp:1: error: planted"; exit 1; }'
run_dev "" run
expect "the build fails: its log is shown" contains "$said" "error: planted"
expect "the build fails: non-zero exit" is "$code" 1
expect "the build fails: nothing is started" is "$(calls '^linli-kiosk')" 0

run_dev "" test
expect "the build fails: a failed test run ends with the line" is "$(tail -n 1 <<<"$said")" "0 passed, 2 failed"
expect "the build fails: the test run has a non-zero exit" is "$code" 1

fresh_machine
stub ctest 'if [[ $* == *tsan* ]]; then echo "100% tests passed, 0 tests failed out of 7"
  else echo "50% tests passed, 1 tests failed out of 20"; exit 8; fi'
run_dev "" test
expect "the last line adds up all presets" is "$(tail -n 1 <<<"$said")" "26 passed, 1 failed"
expect "one failed test: non-zero exit" is "$code" 1

stub ctest 'echo "1/2 Test #1: a ....***Skipped 0.1 sec"; echo "100% tests passed, 0 tests failed out of 2"'
run_dev "" test
expect "a skipped test is not counted as passed" is "$(tail -n 1 <<<"$said")" "2 passed, 0 failed"
expect "all passed: exit code 0" is "$code" 0

stub ctest 'echo "1/1 Test #1: hal/4of4 ....   Passed 0.1 sec"; echo "100% tests passed, 0 tests failed out of 1"
[[ $* == *asan* ]] || exit 0
mkdir -p build/asan/results
cat >build/asan/results/hal-4.xml <<XML
<testsuites tests="3" failures="0" disabled="0" skipped="1">
    <testcase name="reads" result="completed" classname="ACard" />
    <testcase name="stays" result="skipped" time="0.1" classname="ACard">
    <testcase name="leaves" result="completed" classname="ACard" />
XML'
run_dev "" test
expect "a skipped case of a shard: the presets after it run all the same" is "$(tail -n 1 <<<"$said")" "3 passed, 0 failed"
expect "a skipped case of a shard is named" contains "$said" "ACard.stays ***Skipped"

stub ctest 'echo "No tests were found!!!"'
run_dev "" test nonsense
expect "a filter that matches nothing says so" contains "$said" "No test matches nonsense."
expect "a filter that matches nothing: non-zero exit" is "$code" 1

run_dev "" frobnicate
expect "an unknown command: one sentence" is "$said" "./dev does not know the command frobnicate; ./dev alone lists them."
expect "an unknown command: non-zero exit" is "$code" 1

for command in "" --help "run --help" "test --help" "shots --help" "bench --help" "fuzz --help" "lint --help" "clean --help"; do
  # shellcheck disable=SC2086 # several words
  run_dev "" $command
  expect "./dev $command explains itself" contains "$said" "./dev "
  expect "./dev $command: exit code 0" is "$code" 0
done

exit $((failures > 0))
