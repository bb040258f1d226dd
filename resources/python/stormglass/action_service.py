"""What an action is handed as `action_service`."""

from stormglass.datastore import Datastore, DatastoreMethods


class ActionService(DatastoreMethods):
    def __init__(self, logger, pack, class_name):
        self._logger = logger
        self._pack = pack
        self._class_name = class_name
        self._datastore = None

    @property
    def datastore_service(self):
        if self._datastore is None:
            self._datastore = Datastore(self._logger, self._pack, self._class_name)
        return self._datastore

    def get_logger(self, name):
        return self._logger.getChild(name)
