# Part of ./dev, which sources it: long runs against faults (./dev soak --help).
# shellcheck shell=bash disable=SC2154 # jobs is that of ./dev

# run_soak [--quick]
run_soak() {
  local faulted=100000 cuts=1000000 cycles=1500 days=30
  local -a every_one=(LINLI_EVERY_ONE=1)
  if [[ ${1:-} == --quick ]]; then faulted=5000 cuts=20000 cycles=50 days=3 every_one=(); fi
  need build run test
  { build release courier_soak crash_soak && build dev hall_soak offline_cache_tests && build asan hal_tests && build tsan hal_tests; } || exit 1
  say "What the couriers complained of is in build/soak.log."
  build/release/bin/courier_soak --faulted "$faulted" --workers "$jobs" 2>build/soak.log
  build/release/bin/crash_soak --cuts "$cuts"
  build/dev/bin/hall_soak --days "$days" --seed "${LINLI_SEED:-1}"
  env "${every_one[@]}" build/dev/bin/offline_cache_tests \
    --gtest_filter='*ADayWithoutMemory*:*AProcessKilledAtAnySystemCall*:*ADiskThatFails*' --gtest_brief=1
  # shellcheck source=tests/flap_cables.sh
  source tests/flap_cables.sh
  flap_cables "$cycles"
}
