#!/usr/bin/env bash
# Builds and runs every test but the benchmarks.
#   ./test.sh                    preset dev, all tests
#   ./test.sh asan-ubsan         another preset
#   ./test.sh tsan -L unit       what follows the preset goes to ctest
# SG_TESTS='unit/(base|store)/' builds and runs only the tests whose names match.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

preset=${1:-dev}
shift || true
say() { printf '\033[1m[test]\033[0m %s\n' "$*"; }

say "1/3 packages"
installer/linux/install-packages.sh build-packages.txt test-packages.txt
say "2/3 building preset $preset"
options=()
[ -n "${SG_WERROR-}" ] && options+=(-DSG_WERROR=ON)
[ -n "${SG_GUI-}" ] && options+=("-DSG_GUI=$SG_GUI")
cmake --preset "$preset" "${options[@]+"${options[@]}"}" >/dev/null
targets=()
if [ -n "${SG_TESTS-}" ]; then
    # A test's program is named after it: unit/base/tst_json is made by unit_base_tst_json.
    mapfile -t names < <(ctest --preset "$preset" -N | sed -n 's/^ *Test *#[0-9]*: //p' | grep -E "$SG_TESTS")
    targets=("${names[@]//\//_}")
    set -- "$@" -R "$SG_TESTS"
fi
cmake --build --preset "$preset" ${targets[@]+--target "${targets[@]}"}
say "3/3 running"
mkdir -p "build/$preset"
log=build/$preset/test.log
status=0
ctest --preset "$preset" --parallel 2 "$@" 2>&1 | tee "$log" || status=$?
total=$(sed -n 's/^.*tests failed out of \([0-9]*\).*$/\1/p' "$log" | tail -n 1)
failed=$(sed -n 's/^.*tests passed, \([0-9]*\) tests failed out of.*$/\1/p' "$log" | tail -n 1)
if [ -z "$total" ]; then
    say "no test ran"
    exit 1
fi
echo "$((total - failed)) passed, $failed failed"
exit "$status"
