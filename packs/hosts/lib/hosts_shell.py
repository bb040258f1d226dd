"""Commands on servers: here in a shell, elsewhere through OpenSSH, with bounds on time and output."""

import os
import shlex
import signal
import subprocess
import tempfile
import threading

OUTPUT_LIMIT = 4 * 1024 * 1024
# Seconds that a connection is kept for the next command.
PERSIST = 120


class HostError(Exception):
    """A server could not be reached, or a command on it did not come to an end."""


class Outcome:
    def __init__(self, exit_code, stdout, stderr):
        self.exit_code = exit_code
        self.stdout = stdout
        self.stderr = stderr


class Shells:
    """Runs scripts on hosts. One connection to a server is shared by all commands that follow; close() ends them."""

    def __init__(self, connect_timeout=10, command_timeout=30):
        self._connect_timeout = connect_timeout
        self._command_timeout = command_timeout
        # A socket's path must be short, and nobody else's business.
        self._sockets = tempfile.TemporaryDirectory(prefix="sg-ssh-")
        self._used = {}
        self._lock = threading.Lock()

    def run(self, host, script, timeout=None):
        """A script for sh, which travels on standard input: nothing of it stands in an argument."""
        if host.is_here:
            return _run(["sh", "-s"], script, timeout or self._command_timeout)
        command = self._ssh(host) + ["--", host.address, "sh", "-s"]
        with self._lock:
            self._used[host.name] = host
        outcome = _run(command, script, (timeout or self._command_timeout) + self._connect_timeout)
        # ssh's own failure; a script that ends so is told apart by its silence.
        if outcome.exit_code == 255:
            raise HostError(_last_line(outcome.stderr) or "ssh failed")
        return outcome

    def close(self):
        for host in self._used.values():
            try:
                _run(self._ssh(host) + ["-O", "exit", "--", host.address], "", 5)
            except HostError:
                pass
        self._used.clear()
        self._sockets.cleanup()

    def _ssh(self, host):
        options = {
            "BatchMode": "yes",
            "StrictHostKeyChecking": "yes",
            "ConnectTimeout": str(int(self._connect_timeout)),
            "ServerAliveInterval": "10",
            "ServerAliveCountMax": "3",
            "ControlMaster": "auto",
            "ControlPath": os.path.join(self._sockets.name, "%C"),
            "ControlPersist": str(PERSIST),
            "ClearAllForwardings": "yes",
            "ForwardAgent": "no",
            "PermitLocalCommand": "no",
        }
        if host.known_hosts_file:
            options["UserKnownHostsFile"] = host.known_hosts_file
        if host.key_file:
            options["IdentityFile"] = host.key_file
            options["IdentitiesOnly"] = "yes"
        command = ["ssh", "-T", "-p", str(host.port)]
        for name, value in options.items():
            # ssh reads a value as in its file, where blanks end it.
            command += ["-o", '%s="%s"' % (name, value) if " " in value else "%s=%s" % (name, value)]
        return command + (["-l", host.user] if host.user else [])


def quoted(text):
    return shlex.quote(text)


def _run(command, script, timeout):
    # The connection that stays behind keeps standard error open, so a pipe would never end.
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                                       start_new_session=True)
        except FileNotFoundError:
            raise HostError("there is no %s on this machine" % command[0]) from None
        stdout = _talk(process, script.encode(), timeout)
        errors.seek(0)
        stderr = errors.read(64 * 1024).decode("utf-8", "replace")
    return Outcome(process.returncode, stdout.decode("utf-8", "replace"), stderr)


def _talk(process, text, timeout):
    """Hands it the text and takes what it prints, up to a limit; kills it, and what it started, when it takes too long."""
    late = threading.Event()

    def kill():
        late.set()
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    timer = threading.Timer(timeout, kill)
    timer.start()
    # In a thread of its own: either side may fill its pipe.
    writer = threading.Thread(target=_write, args=(process.stdin, text), daemon=True)
    writer.start()
    try:
        stdout = process.stdout.read(OUTPUT_LIMIT)
        while process.stdout.read(65536):
            pass
        process.wait()
    finally:
        timer.cancel()
        process.stdout.close()
        writer.join(1)
    if late.is_set():
        raise HostError("took longer than %d seconds" % timeout)
    return stdout


def _write(stream, text):
    try:
        stream.write(text)
        stream.close()
    except OSError:
        # It ended before it had read all.
        pass


def _last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
