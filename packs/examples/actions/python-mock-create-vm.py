import random
import time

from st2common.runners.base_action import Action


class MockCreateVmAction(Action):
    def run(self, cpu_cores, memory_mb):
        time.sleep(random.random() / 10)
        return {"vm_id": "vm%d" % random.randint(1, 100000), "cpu_cores": cpu_cores, "memory_mb": memory_mb}
