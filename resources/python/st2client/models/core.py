"""Resources of the API as objects: their fields are attributes."""


class Resource:
    # The collection's name in the API's paths.
    _collection = None

    def __init__(self, **fields):
        self.__dict__.update(fields)

    def __getattr__(self, name):
        # The API leaves out what is empty.
        if name.startswith("__"):
            raise AttributeError(name)
        return None

    def serialize(self):
        return {key: value for key, value in self.__dict__.items() if not key.startswith("_") and value is not None}

    def to_dict(self, exclude_attributes=None):
        excluded = exclude_attributes or ()
        return {key: value for key, value in self.serialize().items() if key not in excluded}

    @classmethod
    def deserialize(cls, document):
        return cls(**document)

    def __repr__(self):
        return "<%s %s>" % (type(self).__name__, self.__dict__.get("ref") or self.__dict__.get("name") or self.__dict__.get("id"))
