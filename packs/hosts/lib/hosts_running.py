"""What the actions of this pack share."""

from hosts_config import Config
from hosts_shell import HostError, Shells

AS_ROOT = """as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n -- "$@"; fi
}"""


def run_on(given, name, script, timeout=None):
    """(whether it succeeded, what it printed) of a script on a configured host."""
    config = Config(given)
    host = config.host(name)
    shells = Shells(config.connect_timeout, config.command_timeout)
    try:
        outcome = shells.run(host, script + "\n", timeout)
    except HostError as error:
        return False, {"host": host.name, "stdout": "", "stderr": str(error), "exit_code": None}
    finally:
        shells.close()
    document = {"host": host.name, "stdout": outcome.stdout, "stderr": outcome.stderr, "exit_code": outcome.exit_code}
    return outcome.exit_code == 0, document
