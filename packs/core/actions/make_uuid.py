import uuid

from st2common.runners.base_action import Action


class MakeUuidAction(Action):
    def run(self, uuid_type):
        makers = {"uuid1": uuid.uuid1, "uuid4": uuid.uuid4}
        if uuid_type not in makers:
            raise ValueError("uuid_type must be uuid1 or uuid4, not {!r}".format(uuid_type))
        return str(makers[uuid_type]())
