"""Runs one action in a fresh interpreter. The job comes, and its answer goes, over descriptor 3."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
# Behind everything a pack's environment has.
sys.path.append(os.path.join(sys.path[0], "fallback"))

from stormglass import job  # noqa: E402

if __name__ == "__main__":
    os.set_inheritable(3, False)
    job.main(3)
