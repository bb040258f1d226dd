"""What pack code sees of its configuration, and how it logs."""

import logging
import sys

AUDIT = logging.CRITICAL + 10
logging.addLevelName(AUDIT, "AUDIT")


class PackConfig(dict):
    """A pack's configuration. A missing key says where to add it."""

    def __init__(self, values, pack, path=None):
        super().__init__(values)
        self._pack = pack
        self._path = path

    def __missing__(self, key):
        raise ValueError('The configuration of pack "%s" has no value for "%s": add it to %s.'
                         % (self._pack, key, self._path or "configs/%s.yaml" % self._pack))


def logger_to_stderr(name, level):
    logger = logging.getLogger(name)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(name)-12s: %(levelname)-8s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(AUDIT if level == "AUDIT" else getattr(logging, level or "DEBUG", logging.DEBUG))
    logger.propagate = False
    return logger
