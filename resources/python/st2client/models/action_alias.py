from st2client.models.core import Resource


class ActionAlias(Resource):
    _collection = "actionalias"


class ActionAliasMatch(Resource):
    pass
