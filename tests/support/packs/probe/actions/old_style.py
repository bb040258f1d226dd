class OldStyle(object):
    """Neither inherits Action nor knows of an action service."""

    def __init__(self, config):
        self.config = config

    def run(self):
        return [sorted(self.config), self.action_service is not None]
