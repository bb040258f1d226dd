import time

from st2common.runners.base_action import Action


class ProgressAction(Action):
    def run(self, steps, pause):
        for step in range(1, steps + 1):
            print("step %d of %d" % (step, steps), flush=True)
            time.sleep(pause)
        return {"steps": steps}
