"""What the actions of this pack share: aliases and executions, as the engine's API has them."""

import os
import time

from st2client.client import Client
from st2client.models import ActionAliasExecution, ActionAliasMatch, LiveAction

COMPLETED = ("succeeded", "failed", "timeout", "abandoned", "canceled")


class ChatDesk:
    def __init__(self, client=None):
        self.client = client or Client()

    def match(self, text):
        """The alias of a command and the representation that it matched."""
        return self.client.managers["ActionAlias"].match(ActionAliasMatch(command=text))

    def execute(self, text, source_channel, user):
        """The id of the execution that a command asks for."""
        asked = ActionAliasExecution(command=text, source_channel=source_channel, user=user or "")
        return self.client.managers["ActionAliasExecution"].match_and_execute(asked).execution["id"]

    def wait(self, execution_id):
        """The execution, once it has ended; the action's own timeout is the limit."""
        pause = 0.1
        while True:
            execution = self.client.executions.get_by_id(execution_id)
            if execution is None:
                raise ValueError("there is no execution %s" % execution_id)
            if execution.status in COMPLETED:
                return execution
            time.sleep(pause)
            pause = min(pause * 1.5, 2)

    def result_of(self, execution_id):
        """{enabled, message, extra?}: what chat is told of an execution."""
        return self.client.executions.get_property(execution_id, "chat_result")

    def post(self, message, channel, **options):
        """Asks for chatops.post_message and gives its execution's id."""
        parameters = {name: value for name, value in options.items() if value is not None}
        parameters.update(message=message, channel=channel)
        request = LiveAction(action="chatops.post_message", parameters=parameters, context=self._context())
        return self.client.liveactions.create(request).id

    def _context(self):
        """So that the message belongs to the trace of the execution that posts it."""
        own = self.client.executions.get_by_id(os.environ.get("ST2_ACTION_EXECUTION_ID", ""))
        trace = own and (own.context or {}).get("trace_context")
        return {"trace_context": trace} if trace else {}
