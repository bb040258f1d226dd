"""The load of this machine, for each processor."""

import os


def load_averages():
    """By minutes, as text: `1`, `5`, `15`."""
    processors = os.cpu_count() or 1
    return dict(zip(("1", "5", "15"), (str(load / processors) for load in os.getloadavg())))
