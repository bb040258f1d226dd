"""What the tests of this pack share. Standard library only."""

import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

PACK = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(PACK, "lib"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class FakeService:
    """A sensor_service that keeps what it is given."""

    def __init__(self):
        self.events = []
        self.values = {}

    def dispatch(self, trigger, payload):
        self.events.append((trigger, payload))

    def get_value(self, name):
        return self.values.get(name)

    def set_value(self, name, value):
        self.values[name] = value

    def taken(self):
        events, self.events = self.events, []
        return events


class SshServer:
    """A real sshd on loopback, with keys of its own, for this user alone."""

    @staticmethod
    def program():
        return shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="sg-sshd-")
        self.port = free_port()
        for name in ("host", "client", "other"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.path(name)], check=True)
        shutil.copy(self.path("client.pub"), self.path("authorized"))
        self._write("config", "\n".join([
            "ListenAddress 127.0.0.1", "Port %d" % self.port, "HostKey %s" % self.path("host"),
            "AuthorizedKeysFile %s" % self.path("authorized"), "PidFile none", "StrictModes no", "UsePAM no",
            "PasswordAuthentication no", "KbdInteractiveAuthentication no", "PermitRootLogin prohibit-password"]))
        with open(self.path("host.pub"), encoding="ascii") as key:
            self._write("known", "[127.0.0.1]:%d %s" % (self.port, " ".join(key.read().split()[:2])))
        with open(self.path("other.pub"), encoding="ascii") as key:
            self._write("changed", "[127.0.0.1]:%d %s" % (self.port, " ".join(key.read().split()[:2])))
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        self._process = None
        self.start()

    def start(self):
        with open(self.path("log"), "ab") as log:
            self._process = subprocess.Popen([self.program(), "-D", "-e", "-f", self.path("config")], stderr=log)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("sshd does not answer: " + self.log())

    def stop(self):
        self._process.kill()
        self._process.wait()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def log(self):
        with open(self.path("log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    def host(self, **more):
        return dict({"name": "far", "address": "127.0.0.1", "port": self.port, "user": getpass.getuser(),
                     "key_file": self.path("client"), "known_hosts_file": self.path("known"), "disks": ["/"]}, **more)

    def _write(self, name, text):
        with open(self.path(name), "w", encoding="ascii") as file:
            file.write(text + "\n")
