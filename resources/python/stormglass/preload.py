"""What the zygote imports before it forks, so that no action pays for it."""

# Of ours, and of the standard library what actions and this package use most.
import argparse  # noqa: F401
import base64  # noqa: F401
import collections  # noqa: F401
import copy  # noqa: F401
import functools  # noqa: F401
import hashlib  # noqa: F401
import importlib
import logging  # noqa: F401
import random  # noqa: F401
import shutil  # noqa: F401
import socket  # noqa: F401
import subprocess  # noqa: F401
import tempfile  # noqa: F401
import time  # noqa: F401
import urllib.request  # noqa: F401

import st2common.runners.base_action  # noqa: F401
import stormglass.action_service  # noqa: F401
import stormglass.job  # noqa: F401

# Installed or not; each is slow to import and starts no thread.
WANTED = ("six", "yaml", "requests")

loaded = []
for _name in WANTED:
    try:
        importlib.import_module(_name)
        loaded.append(_name)
    except Exception:  # a broken installation is the action's to meet
        pass
