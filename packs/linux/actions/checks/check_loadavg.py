#!/usr/bin/env python3
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "lib"))

from linux_here import only_here  # noqa: E402
from linux_load import load_averages  # noqa: E402

only_here(sys.argv[-1])
period = sys.argv[1] if len(sys.argv) > 1 else "all"
averages = load_averages()
print(averages[period] if period in averages else json.dumps(averages))
