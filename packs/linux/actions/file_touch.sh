#!/bin/sh
. "$(dirname "$0")/lib/need.sh"
here "$@"
set -e
date +%s >"$1"
