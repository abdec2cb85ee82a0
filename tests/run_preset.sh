# Part of ./dev, which sources it: builds one preset, runs its tests, and adds to `passed` and `failed`.
# shellcheck shell=bash disable=SC2154 # jobs, passed and failed are those of ./dev

# The cases that programs ran in shards, from their XML: adds to p and f of the caller what ctest, which sees a shard as one
# test, counted otherwise. A shard that failed without naming a case (it crashed) stays one failure.
count_shards() {
  local xml name tests failures skips
  for xml in "build/$1"/results/*.xml; do
    [[ -f $xml ]] || continue
    name=$(basename "$xml" .xml) name=${name%-*}/${name##*-}of
    read -r tests failures < <(sed -nE 's/^<testsuites tests="([0-9]+)" failures="([0-9]+)".*/\1 \2/p' "$xml")
    skips=$(grep -c ' result="skipped"' "$xml" || true)
    ((p += tests - failures - skips, f += failures, skipped += skips, 1))
    if grep -qE " ${name}[0-9]+ \.+ +Passed" "$2"; then ((p -= 1, 1)); elif ((failures)); then ((f -= 1, 1)); fi
  done
}

# name_skipped PRESET LOG: a line for each test that did not run, whether ctest says so or the XML of a shard.
name_skipped() {
  grep -F '***Skipped' "$2" || true
  sed -nE 's/^ *<testcase name="([^"]*)".* result="skipped".* classname="([^"]*)".*/\2.\1 ***Skipped/p' "build/$1"/results/*.xml 2>/dev/null || true
}

# test_preset "PRESET|TARGETS|CTEST OPTIONS" FILTER
test_preset() {
  local preset targets options filter=$2 area=${2%%:*} log line p=0 f=1 skipped=0
  local -a which
  IFS='|' read -r preset targets options <<<"$1"
  if [[ $targets == all && $filter == *:* && -d tests/$area ]]; then targets=${area}_tests; fi
  log=build/$preset-test.log
  if build "$preset" "$targets"; then
    which=(-E '/[0-9]+of[0-9]+$') # shards
    if [[ -z $filter && -s build/$preset/sharded ]]; then
      which=(-E "^($(paste -sd '|' "build/$preset/sharded")):.*[.]") # single cases of what runs in shards
    fi
    rm -rf "build/$preset/results"
    # Most of the tests wait most of their time, for a person, a device or a server that is not there.
    # shellcheck disable=SC2086 # options are several words
    logged "$preset-test" "Testing build/$preset" calmly ctest --test-dir "build/$preset" -j $((3 * jobs)) --timeout 300 \
      --output-on-failure --output-junit "$PWD/build/$preset/junit.xml" $options "${which[@]}" ${filter:+-R "$filter"} || true
    line=$(grep -E 'tests failed out of [0-9]+|^No tests were found' "$log" | tail -n 1 || true)
    if [[ $line =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
      skipped=$(grep -cF '***Skipped' "$log" || true)
      f=${BASH_REMATCH[1]} p=$((BASH_REMATCH[2] - BASH_REMATCH[1] - skipped))
    elif [[ -n $line ]]; then
      f=0
    fi
    count_shards "$preset" "$log"
    if ((f)); then grep -vE '^ +Start +[0-9]+: | Passed +[0-9.]+ sec' "$log" | tail -n 400 || true; fi
    name_skipped "$preset" "$log"
  fi
  say "$preset: $p passed, $f failed, $skipped skipped"
  passed=$((passed + p)) failed=$((failed + f))
}
