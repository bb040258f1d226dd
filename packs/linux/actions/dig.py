import random
import subprocess

from st2common.runners.base_action import Action

TIMEOUT = 50


class DigAction(Action):
    def run(self, hostname, querytype="A", nameserver=None, queryopts="short", count=0, rand=False):
        command = ["dig"]
        if nameserver:
            command.append("@" + nameserver)
        command += ["+" + option.strip() for option in (queryopts or "").split(",") if option.strip()]
        # Behind -q and -t nothing is taken for an option.
        command += ["-q", hostname, "-t", querytype]
        try:
            answer = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
        except FileNotFoundError:
            return False, "There is no dig on this machine. On Debian it is in the package bind9-dnsutils."
        if answer.returncode != 0:
            return False, (answer.stderr or answer.stdout).strip()
        text = answer.stdout.replace('"', "") if querytype.lower() == "txt" else answer.stdout
        lines = [line for line in text.split("\n") if line]
        if count > 0:
            lines = lines[:count]
        if rand:
            random.shuffle(lines)
        return lines
