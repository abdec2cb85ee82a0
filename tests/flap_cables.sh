# Part of ./dev, which sources it.
# shellcheck shell=bash

# flap_cables CYCLES: every driver at the same time, because most of a cycle is waiting.
flap_cables() {
  local test='keeps_nothing_of_a_cable_that_flaps' preset row log failed=0
  local -a jobs_running=() rows
  for preset in asan tsan; do
    mapfile -t rows < <(calmly "build/$preset/bin/hal_tests" --gtest_list_tests --gtest_filter="*$test*" | sed -nE "s|^ +($test/\w+).*|\1|p")
    for row in "${rows[@]}"; do
      log=build/soak-$preset-${row##*/}.log
      LINLI_PLUG_CYCLES=$1 calmly "build/$preset/bin/hal_tests" --gtest_filter="*$row" >"$log" 2>&1 &
      jobs_running+=("$!:$log")
    done
  done
  for row in "${jobs_running[@]}"; do
    log=${row#*:}
    if wait "${row%%:*}"; then
      sed -n "s/^proof: /${log:11:4} /p" "$log"
    else
      failed=1
      tail -n 20 "$log"
    fi
  done
  return "$failed"
}
