#!/bin/sh
. "$(dirname "$0")/lib/need.sh"
here "$@"
need pkill procps
exec pkill -e -- "$1"
