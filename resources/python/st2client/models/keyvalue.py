from st2client.models.core import Resource


class KeyValuePair(Resource):
    _collection = "keys"
