from st2client.models.core import Resource


class RunnerType(Resource):
    _collection = "runnertypes"


class Action(Resource):
    _collection = "actions"


class Execution(Resource):
    _collection = "executions"


LiveAction = Execution
