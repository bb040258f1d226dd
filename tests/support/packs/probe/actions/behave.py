import datetime
import os
import signal
import subprocess
import sys
import threading
import time

import probe_lib
import sibling
from st2common.runners.base_action import Action


class BehaveAction(Action):
    """Does what its parameter `how` names."""

    def run(self, how, **parameters):
        return getattr(self, how)(**parameters)

    def succeed(self, result=None):
        return True, result

    def fail(self, result=None):
        return False, result

    def nothing(self):
        pass

    def prints(self):
        print("out")
        print("err", file=sys.stderr)
        self.logger.info("logged")
        self.logger.debug("only with DEBUG")
        return "printed"

    def raises(self):
        raise RuntimeError("as asked")

    def leaves(self, code):
        sys.exit(code)

    def bad_status(self):
        return "yes", 1

    def odd_result(self):
        return {"when": datetime.datetime(2020, 1, 2, 3, 4, 5), "nan": float("nan"), "tuple": (1, 2)}

    def unserializable(self):
        return object

    def numbered_keys(self):
        return True, {1: 2}

    def imports(self):
        return [probe_lib.WORD, sibling.WORD]

    def missing_module(self):
        import no_such_module_anywhere  # noqa: F401

    def missing_config(self):
        return self.config["absent"]

    def surroundings(self):
        return {
            "folder": os.getcwd(),
            "group": os.getpgid(0) == os.getpid(),
            "environment": dict(os.environ),
            "descriptors": len(os.listdir("/proc/self/fd")),
            "config": dict(self.config),
            "arguments": open("/proc/self/cmdline").read(),
            "signal": signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL,
        }

    def process(self):
        return {"process": os.getpid(), "parent": os.getppid()}

    def sleeps(self, seconds=60):
        print("begun")
        time.sleep(seconds)

    def stubborn(self):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self.sleeps()

    def has_children(self):
        child = subprocess.Popen(["sleep", "60"])
        print(child.pid)
        time.sleep(60)

    def big(self, size):
        return "x" * size

    def floods(self, size):
        block = "x" * 999 + "\n"
        for _ in range(size // 1000):
            sys.stdout.write(block)
        return "done"

    def thread(self):
        threading.Thread(target=lambda: (time.sleep(0.1), print("thread"))).start()
        return 1

    def own_signal(self):
        os.kill(os.getpid(), signal.SIGKILL)

    def stored(self, name, value=None):
        service = self.action_service
        if value is not None:
            service.set_value(name, value)
        return {
            "value": service.get_value(name),
            "plain": service.get_value("other", local=False),
            "missing": service.get_value("missing"),
            "names": [item.name for item in service.list_values()],
            "deleted": service.delete_value(name),
            "user": service.get_user_info(),
        }
