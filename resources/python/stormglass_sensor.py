"""Hosts one sensor. Commands come on standard input, events go to descriptor 3; what the sensor prints is its own."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
# Behind everything a pack's environment has.
sys.path.append(os.path.join(sys.path[0], "fallback"))

from stormglass.sensor_host import SensorHost  # noqa: E402

EVENTS = 3

if __name__ == "__main__":
    os.set_inheritable(EVENTS, False)
    # The sensor's own reading of standard input must find nothing.
    commands = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    code = SensorHost(commands, EVENTS).run()
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads that the sensor left behind must not keep it alive.
    os._exit(code)
