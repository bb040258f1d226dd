#!/usr/bin/env python3
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "lib"))

from linux_here import only_here  # noqa: E402
from linux_processes import found  # noqa: E402

only_here(sys.argv[-1])
search, criteria, args = (sys.argv[1:] + ["", "", ""])[:3]
try:
    matching = {process.number: process.command for process in found(search or "name", criteria)}
except (re.error, ValueError) as error:
    sys.exit("check_processes: %s" % error)
if args == "pidlist":
    sys.stderr.write(" ".join(matching))
print(json.dumps(matching))
