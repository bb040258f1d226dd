"""Logging as packs import it."""

import logging

from stormglass.settings import AUDIT

__all__ = ["getLogger", "AUDIT"]


def getLogger(name):
    return logging.getLogger(name)
