"""The base class of Python actions."""

import abc
import logging


class Action(abc.ABC):
    """An action has a run method, which returns a result, or (succeeded, result)."""

    description = None

    def __init__(self, config=None, action_service=None):
        self.config = {} if config is None else config
        self.action_service = action_service
        self.logger = logging.getLogger("actions.python." + self.__class__.__name__)

    @abc.abstractmethod
    def run(self, **kwargs):
        """Does the work. Its keyword arguments are the action's parameters."""
