"""The exceptions that packs catch by name."""


class StackStormBaseException(Exception):
    pass


class StackStormPluginException(StackStormBaseException):
    pass
