#!/usr/bin/env bash
# Installs what is missing, builds the release preset and starts Stormglass.
#   ./run.sh              the console
#   ./run.sh --headless   the daemon
# Everything behind that goes to the program (see `stormglass --help`).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

program=stormglass
if [ "${1-}" = "--headless" ]; then
    program=stormglassd
    shift
fi
if [ "${1-}" = "--help" ]; then
    sed -n '2,5s/^# \{0,1\}//p' "$0"
    exit 0
fi

say() { printf '\033[1m[run]\033[0m %s\n' "$*"; }

say "1/3 packages"
installer/linux/install-packages.sh build-packages.txt
say "2/3 building (the first time takes several minutes, later ones seconds)"
[ -f build/release/build.ninja ] || cmake --preset release >build-configure.log 2>&1 || {
    tail -n 20 build-configure.log >&2
    say "configuring failed: see above and build-configure.log"
    exit 1
}
rm -f build-configure.log
cmake --build --preset release --target "$program"
say "3/3 starting $program"

arguments=("$@")
has() { local a; for a in "${arguments[@]+"${arguments[@]}"}"; do [ "$a" = "$1" ] && return 0; done; return 1; }
if [ "$program" = stormglassd ] && ! has --data; then
    arguments+=(--data "${XDG_DATA_HOME:-$HOME/.local/share}/stormglass")
fi
if [ "$program" = stormglass ] && [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}${QT_QPA_PLATFORM-}" ]; then
    say "there is no display here: use ./run.sh --headless, or start it under a desktop"
    exit 1
fi
exec "build/release/bin/$program" "${arguments[@]+"${arguments[@]}"}"
