import os
import subprocess
import time

from st2common.runners.base_action import Action

ASKPASS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib", "askpass.sh")
PASSWORD_VARIABLE = "WAIT_FOR_SSH_PASSWORD"
# Beyond what ssh itself allows the connection.
SPARE_TIME = 10


class WaitForSshAction(Action):
    def run(self, hostname, port=22, username="stanley", password=None, keyfile=None, ssh_timeout=5, sleep_delay=20,
            retries=10, host_keys="accept-new"):
        command = self._command(hostname, port, username, password, keyfile, ssh_timeout, host_keys)
        said = "it was not tried"
        for number in range(1, retries + 1):
            said = self._try(command, password, ssh_timeout)
            if said is None:
                return True
            self.logger.info("Try %d of %d: %s", number, retries, said)
            if number < retries:
                time.sleep(sleep_delay)
        return False, "%s could not be reached over SSH in %d tries: %s" % (hostname, retries, said)

    @staticmethod
    def _command(hostname, port, username, password, keyfile, ssh_timeout, host_keys):
        if hostname.startswith("-") or username.startswith("-"):
            raise ValueError("A name must not begin with a dash.")
        options = ["ConnectTimeout=%d" % ssh_timeout, "StrictHostKeyChecking=%s" % host_keys,
                   "NumberOfPasswordPrompts=1", "BatchMode=%s" % ("no" if password else "yes")]
        command = ["ssh", "-T", "-p", str(port), "-l", username]
        for option in options:
            command += ["-o", option]
        if keyfile:
            command += ["-i", keyfile]
        return command + ["--", hostname, "true"]

    def _try(self, command, password, ssh_timeout):
        """None once it worked, else what was said."""
        environment = dict(os.environ)
        if password:
            # ssh asks a program for it, so that it stands in no argument.
            environment.update({"SSH_ASKPASS": ASKPASS, "SSH_ASKPASS_REQUIRE": "force", PASSWORD_VARIABLE: password})
        try:
            tried = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                   timeout=ssh_timeout + SPARE_TIME)
        except subprocess.TimeoutExpired:
            return "no answer in %d seconds" % (ssh_timeout + SPARE_TIME)
        except FileNotFoundError:
            raise ValueError("There is no ssh on this machine. On Debian it is in the package openssh-client.") from None
        return None if tried.returncode == 0 else tried.stderr.strip() or "ssh ended with %d" % tried.returncode
