#!/bin/sh
. "$(dirname "$0")/lib/need.sh"
here "$@"
need netstat net-tools
connections=$(netstat -pant 2>/dev/null)
for pid in $(numbers_in "$1"); do
    printf '%s\n' "$connections" | grep -E "(^|[^0-9])$pid/"
done
exit 0
