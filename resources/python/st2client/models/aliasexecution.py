from st2client.models.core import Resource


class ActionAliasExecution(Resource):
    _collection = "aliasexecution"
