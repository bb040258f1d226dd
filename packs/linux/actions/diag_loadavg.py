import os
import subprocess

from linux_here import is_here
from linux_load import load_averages
from linux_processes import found
from st2common.runners.base_action import Action

HERE = os.path.dirname(os.path.abspath(__file__))
TIMEOUT = 20
# Of processes whose connections and files are looked at.
MOST = 50


class DiagLoadavgAction(Action):
    def run(self, hostname):
        if not is_here(hostname):
            return False, "Only this machine can be reached: hostname must be localhost."
        waiting = {process.number: process.command for process in found("state", "D")}
        running = {process.number: process.command for process in found("state", "R")}
        numbers = " ".join(list(waiting) + list(running))
        return {
            "load": load_averages(),
            "waiting": waiting,
            "running": running,
            "connections": self._script("netstat_grep.sh", numbers),
            "open_files": self._script("lsof_pids.sh", numbers),
        }

    @staticmethod
    def _script(name, numbers):
        few = " ".join(numbers.split()[:MOST])
        try:
            done = subprocess.run([os.path.join(HERE, name), few, "localhost"], capture_output=True, text=True, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return ["it took longer than %d seconds" % TIMEOUT]
        return (done.stdout or done.stderr).splitlines()
