#!/bin/sh
. "$(dirname "$0")/lib/need.sh"
here "$@"
need lsof lsof
status=0
for pid in $(numbers_in "$1"); do
    lsof -n -P -p "$pid" || status=$?
done
exit $status
