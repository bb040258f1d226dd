#!/bin/sh
# Through systemd where it runs, else through the service command.
. "$(dirname "$0")/lib/need.sh"
here "$@"
case "$1" in
    "" | -*) echo "act must be what to do, such as restart, not \"$1\"." >&2; exit 2 ;;
esac
case "$2" in
    "" | -*) echo "service must be the name of a service, not \"$2\"." >&2; exit 2 ;;
esac
if [ -d /run/systemd/system ]; then
    exec systemctl --no-pager "$1" "$2"
fi
need service init-system-helpers
exec service "$2" "$1"
