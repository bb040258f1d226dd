"""The machine an action runs on."""

import socket
import sys


def is_here(host):
    return host in ("", "localhost", "127.0.0.1", "::1", socket.gethostname())


def only_here(hosts):
    """Ends the script unless `hosts` names this machine."""
    if not is_here(hosts):
        print("Only this machine can be reached: hosts must be localhost.", file=sys.stderr)
        sys.exit(2)
