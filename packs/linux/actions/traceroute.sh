#!/bin/sh
. "$(dirname "$0")/lib/need.sh"
here "$@"
need traceroute traceroute
exec traceroute -q "${3:-3}" -m "${2:-30}" -- "$1"
