import logging
import os
import tempfile
import unittest

from hosts_fixtures import FakeService
from hosts_config import Config, Host, DEFAULTS
from hosts_measuring import LOG_CHUNK, look
from hosts_shell import HostError, Shells
from hosts_watch import Inside

LOGGER = logging.getLogger("test")
UNREACHED = {what: {"warning": 1e9, "critical": 1e9} for what in DEFAULTS}


class HereTest(unittest.TestCase):
    """This machine, for real."""

    def setUp(self):
        self.shells = Shells(5, 20)
        self.addCleanup(self.shells.close)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.log = os.path.join(self.folder.name, "it's a $(log)")

    def append(self, text):
        with open(self.log, "a", encoding="utf-8") as file:
            file.write(text)

    def watch(self, service, **more):
        host = dict({"name": "here", "disks": ["/"], "logs": [{"path": self.log, "pattern": "ERROR"}]}, **more)
        # However busy this machine is, nothing else is told.
        host["thresholds"] = dict(UNREACHED, **more.get("thresholds", {}))
        return Inside(service, Config({"hosts": [host], "confirm": 1}), LOGGER, self.shells)

    def test_sees_load_memory_and_disks(self):
        seen = look(self.shells, Host({"name": "here", "disks": ["/"]}, DEFAULTS, "here"))
        self.assertGreaterEqual(seen.load["processors"], 1)
        self.assertGreater(seen.memory["memory"]["total"], 0)
        self.assertTrue(0 <= seen.memory["memory"]["used"] <= 100)
        self.assertIn("/", seen.disks)
        self.assertEqual(seen.faults, [])
        self.assertIn("load", [what for what, _, _ in seen.measurements()])

    def test_says_what_a_service_is_not(self):
        seen = look(self.shells, Host({"name": "here", "services": ["no-such-thing-at-all.service"]}, DEFAULTS, "here"))
        self.assertIn(seen.services["no-such-thing-at-all.service"]["state"], ("not-found", "unknown"))

    def test_tells_of_new_lines_once_also_over_a_restart(self):
        service = FakeService()
        self.append("ERROR before anybody looked\n")
        self.watch(service).poll()
        self.assertEqual(service.taken(), [])
        self.append("fine\nERROR one\nERROR unfin")
        self.watch(service).poll()
        self.assertEqual([payload["line"] for _, payload in service.taken()], ["ERROR one"])
        self.append("ished\n")
        watch = self.watch(service)
        watch.poll()
        self.assertEqual(service.taken(), [("hosts.log_line", {"host": "here", "path": self.log, "line": "ERROR unfinished",
                                                               "pattern": "ERROR"})])
        watch.poll()
        self.assertEqual(service.taken(), [])

    def test_reads_a_file_that_was_cut_or_replaced_from_its_beginning(self):
        service = FakeService()
        self.append("a\n" * 100)
        self.watch(service).poll()
        os.truncate(self.log, 0)
        self.append("ERROR cut\n")
        self.watch(service).poll()
        os.rename(self.log, self.log + ".1")
        self.append("ERROR replaced\n" + "a\n" * 200)
        self.watch(service).poll()
        self.assertEqual([payload["line"] for _, payload in service.taken()], ["ERROR cut", "ERROR replaced"])

    def test_reads_a_file_that_appears_later_from_its_beginning(self):
        service = FakeService()
        self.watch(service).poll()
        self.append("ERROR first\n")
        self.watch(service).poll()
        self.assertEqual([payload["line"] for _, payload in service.taken()], ["ERROR first"])

    def test_takes_a_large_log_piece_by_piece_and_loses_nothing(self):
        service = FakeService()
        self.append("")
        self.watch(service).poll()
        self.append("".join("ERROR %06d %s\n" % (number, "x" * 50) for number in range(3000)))
        watch = self.watch(service)
        for _ in range(3000 * 64 // LOG_CHUNK + 2):
            watch.poll()
        numbers = [int(payload["line"].split()[1]) for _, payload in service.taken()]
        self.assertEqual(numbers, list(range(3000)))

    def test_a_line_without_end_is_bounded(self):
        service = FakeService()
        self.append("")
        self.watch(service).poll()
        self.append("ERROR" + "x" * (2 * LOG_CHUNK))
        watch = self.watch(service)
        watch.poll()
        self.assertLessEqual(max(len(payload["line"]) for _, payload in service.taken()), 8192)

    def test_tells_a_threshold_once_and_remembers_it(self):
        service = FakeService()
        low = {"memory": {"warning": 0, "critical": 0, "hysteresis": 0}}
        self.watch(service, thresholds=low).poll()
        events = [payload for trigger, payload in service.taken() if trigger == "hosts.threshold"]
        self.assertEqual([(event["what"], event["level"], event["previous"]) for event in events],
                         [("memory", "critical", None)])
        self.watch(service, thresholds=low).poll()
        self.assertEqual(service.taken(), [])
        self.watch(service).poll()
        self.assertEqual([payload["level"] for _, payload in service.taken()], ["ok"])


class ShellTest(unittest.TestCase):
    def setUp(self):
        self.shells = Shells(5, 20)
        self.addCleanup(self.shells.close)
        self.here = Host({"name": "here"}, DEFAULTS, "here")

    def test_ends_what_takes_too_long_with_all_it_started(self):
        with self.assertRaisesRegex(HostError, "took longer than 1 seconds"):
            self.shells.run(self.here, "sleep 60 & sleep 60\n", 1)

    def test_bounds_what_is_printed(self):
        outcome = self.shells.run(self.here, "head -c 20000000 /dev/zero\nexit 3\n")
        self.assertEqual((len(outcome.stdout), outcome.exit_code), (4 * 1024 * 1024, 3))

    def test_hands_over_more_than_a_pipe_holds(self):
        outcome = self.shells.run(self.here, "cat <<'END'\n" + "x" * 1000000 + "\nEND\n")
        self.assertEqual(len(outcome.stdout), 1000001)

    def test_a_server_that_says_nothing_is_at_fault(self):
        class Silent:
            def run(self, host, script):
                return self.outcome
        silent = Silent()
        silent.outcome = type("Outcome", (), {"stdout": "Welcome!\n", "stderr": "no shell", "exit_code": 1})
        with self.assertRaisesRegex(HostError, "no shell"):
            look(silent, self.here)

    def test_what_cannot_be_understood_is_told_and_does_no_harm(self):
        class Odd:
            def run(self, host, script):
                text = ("@sg:load 1 2 3 4\n@sg:load x\n@sg:disk\n@sg:memory MemTotal many\n@sg:log 7 1 2 ###\n@sg:what\n"
                        "@sg:inodes - - /\n@sg:service\n")
                return type("Outcome", (), {"stdout": text, "stderr": "", "exit_code": 0})
        seen = look(Odd(), self.here)
        self.assertEqual(seen.load["1"], 1.0)
        self.assertEqual(len(seen.faults), 6)


if __name__ == "__main__":
    unittest.main()
