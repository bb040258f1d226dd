import sys

from st2common.runners.base_action import Action


class PrintToStdoutAndStderrAction(Action):
    def run(self, count):
        for number in range(1, count + 1):
            print("out %d" % number)
            print("err %d" % number, file=sys.stderr)
