# Sourced by the scripts of this pack.

# need PROGRAM PACKAGE: ends unless the program is there.
need() {
    command -v "$1" >/dev/null && return
    echo "There is no $1 on this machine. On Debian it is in the package $2." >&2
    exit 2
}

# here ARGUMENT...: ends unless the last one, the parameter hosts, names this machine.
here() {
    for hosts; do :; done
    case "$hosts" in
        "" | localhost | 127.0.0.1 | ::1) return ;;
    esac
    echo "Only this machine can be reached: hosts must be localhost." >&2
    exit 2
}

# The numbers in a list of processes, however it is written: `1 2`, `1,2`, `[1, 2]`.
numbers_in() {
    printf '%s\n' "$*" | grep -oE '[0-9]+'
}
