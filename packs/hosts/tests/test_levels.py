import unittest

import hosts_fixtures  # noqa: F401
from hosts_levels import Memory, level_of

DISK = {"warning": 85, "critical": 95, "hysteresis": 2}


class LevelTest(unittest.TestCase):
    def test_rises_at_its_thresholds(self):
        self.assertEqual([level_of(value, DISK) for value in (0, 84.9, 85, 94.9, 95, 100)],
                         ["ok", "ok", "warning", "warning", "critical", "critical"])

    def test_falls_only_below_the_hysteresis(self):
        level, seen = "ok", []
        for value in (84, 86, 84, 83, 82.9, 96, 94, 93, 92.9, 82, 96, 10):
            level = level_of(value, DISK, level)
            seen.append(level)
        self.assertEqual(seen, ["ok", "warning", "warning", "warning", "ok", "critical", "critical", "critical",
                                "warning", "ok", "critical", "ok"])

    def test_what_hovers_is_told_once(self):
        memory, changes = Memory(), 0
        for value in [84.5, 85.5] * 50:
            level = level_of(value, DISK, memory.state("x") or "ok")
            changes += memory.see("x", level, usual="ok") is not None
        self.assertEqual(changes, 1)


class MemoryTest(unittest.TestCase):
    def test_something_new_in_its_usual_state_is_nothing_to_tell(self):
        memory = Memory()
        self.assertIsNone(memory.see("a", "ok", usual="ok"))
        self.assertEqual(memory.see("b", "failed", usual="active"), (None,))
        self.assertEqual(memory.see("b", "active", usual="active"), ("failed",))

    def test_counts_only_what_was_seen_often_enough(self):
        memory = Memory()
        memory.see("a", "open", 1, "open")
        seen = [memory.see("a", state, 2, "open") for state in ("closed", "open", "closed", "closed", "closed")]
        self.assertEqual(seen, [None, None, None, ("open",), None])

    def test_outlives_a_restart_and_forgets_what_is_gone(self):
        memory = Memory()
        memory.see("a", "critical")
        memory.see("b", "ok")
        memory.keep_only({"a"})
        again = Memory(memory.states())
        self.assertEqual(again.states(), {"a": "critical"})
        self.assertIsNone(again.see("a", "critical"))


if __name__ == "__main__":
    unittest.main()
