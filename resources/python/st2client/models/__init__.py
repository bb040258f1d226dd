from st2client.models.action import Action, Execution, LiveAction, RunnerType  # noqa: F401
from st2client.models.action_alias import ActionAlias, ActionAliasMatch  # noqa: F401
from st2client.models.aliasexecution import ActionAliasExecution  # noqa: F401
from st2client.models.core import Resource  # noqa: F401
from st2client.models.keyvalue import KeyValuePair  # noqa: F401
