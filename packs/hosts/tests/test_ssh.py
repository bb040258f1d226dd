import logging
import os
import subprocess
import unittest

from hosts_fixtures import FakeService, SshServer
from hosts_config import DEFAULTS, Config, Host
from hosts_measuring import look
from hosts_shell import HostError, Shells
from hosts_watch import Inside


@unittest.skipUnless(SshServer.program(), "there is no sshd on this machine")
class SshTest(unittest.TestCase):
    """A real server on loopback."""

    def setUp(self):
        self.server = SshServer()
        self.addCleanup(self.server.close)
        self.shells = Shells(5, 20)
        self.addCleanup(self.shells.close)

    def host(self, **more):
        return Host(self.server.host(**more), DEFAULTS, "far")

    def test_looks_at_a_server_over_one_connection(self):
        for _ in range(3):
            seen = look(self.shells, self.host())
            self.assertIn("/", seen.disks)
        self.assertEqual(self.server.log().count("Accepted publickey"), 1)

    def test_ends_its_connections(self):
        self.shells.run(self.host(), "true")
        self.shells.close()
        running = subprocess.run(["pgrep", "-f", "sg-ssh-.*127.0.0.1"], capture_output=True, text=True).stdout
        mine = [pid for pid in running.split() if self._belongs(pid)]
        self.assertEqual(mine, [])

    def _belongs(self, pid):
        try:
            with open("/proc/%s/cmdline" % pid, encoding="utf-8", errors="replace") as file:
                return str(self.server.port) in file.read()
        except OSError:
            return False

    def test_hands_over_exit_codes_and_output(self):
        outcome = self.shells.run(self.host(), "echo out; echo err >&2; exit 7")
        self.assertEqual((outcome.stdout, outcome.stderr, outcome.exit_code), ("out\n", "err\n", 7))

    def test_puts_nothing_of_a_script_into_arguments(self):
        seen = self.shells.run(self.host(), "SECRET=tell-nobody\nps -eo args | grep -c 'tell-nobod[y]'\n")
        self.assertEqual(seen.stdout.strip(), "0")

    def test_refuses_a_server_whose_key_is_another_or_not_known(self):
        for name in ("changed", "nothing"):
            with self.assertRaisesRegex(HostError, "Host key verification failed"):
                self.shells.run(self.host(known_hosts_file=self.server.path(name)), "true")
        self.assertFalse(os.path.exists(self.server.path("nothing")))

    def test_never_asks_for_a_password(self):
        with self.assertRaisesRegex(HostError, "Permission denied"):
            self.shells.run(self.host(key_file=self.server.path("other")), "true")

    def test_ends_a_command_that_takes_too_long(self):
        self.shells.run(self.host(), "true")
        hasty = Shells(1, 1)
        self.addCleanup(hasty.close)
        with self.assertRaisesRegex(HostError, "took longer"):
            hasty.run(self.host(), "sleep 60")

    def test_tells_when_a_server_goes_and_comes_back(self):
        service = FakeService()
        config = Config({"hosts": [self.server.host(services=[])], "confirm": 2, "connect_timeout": 2})

        def poll(times):
            for _ in range(times):
                shells = Shells(2, 10)
                Inside.poll(watch_with(shells))
                shells.close()
            return [(trigger, payload["state"]) for trigger, payload in service.taken()
                    if trigger == "hosts.reachability"]

        watch = Inside(service, config, logging.getLogger("test"), self.shells)

        def watch_with(shells):
            watch._shells = shells
            return watch

        self.assertEqual(poll(2), [])
        self.server.stop()
        self.assertEqual(poll(3), [("hosts.reachability", "unreachable")])
        self.server.start()
        self.assertEqual(poll(2), [("hosts.reachability", "reachable")])


if __name__ == "__main__":
    unittest.main()
