"""The datastore as `action_service` and `sensor_service` offer it."""

from stormglass.api import Api, ApiError, quoted

SYSTEM_SCOPE = "system"


class Datastore:
    """Stored values of one action or sensor class. Local names are prefixed with `<pack>.<class>:`."""

    def __init__(self, logger, pack_name, class_name, api=None, before_write=None):
        self._logger = logger
        self._prefix = "%s.%s:" % (pack_name, class_name)
        self._api = api or Api.from_environment()
        # Called before anything is changed.
        self._before_write = before_write or (lambda: None)

    def get_user_info(self):
        return self._api.call("GET", "/user")

    def list_values(self, local=True, prefix=None, limit=None, offset=None):
        from st2client.models.keyvalue import KeyValuePair

        full = (self._prefix if local else "") + (prefix or "")
        query = {"scope": SYSTEM_SCOPE, "prefix": full or None, "limit": limit, "offset": offset or None}
        return [KeyValuePair(**item) for item in self._api.call("GET", "/keys", query) or []]

    def get_value(self, name, local=True, scope=SYSTEM_SCOPE, decrypt=False):
        _check(scope)
        try:
            query = {"scope": scope, "decrypt": True if decrypt else None}
            item = self._api.call("GET", self._path(name, local), query)
        except ApiError as error:
            if error.status != 404:
                self._logger.warning("Reading the stored value %s failed: %s", name, error)
            return None
        return (item or {}).get("value")

    def set_value(self, name, value, ttl=None, local=True, scope=SYSTEM_SCOPE, encrypt=False):
        _check(scope)
        self._before_write()
        body = {"name": self._full_name(name, local), "value": str(value), "scope": scope}
        if ttl:
            body["ttl"] = ttl
        if encrypt:
            body["secret"] = True
        self._api.call("PUT", self._path(name, local), body=body)
        return True

    def delete_value(self, name, local=True, scope=SYSTEM_SCOPE):
        _check(scope)
        self._before_write()
        try:
            self._api.call("DELETE", self._path(name, local), {"scope": scope})
        except ApiError as error:
            self._logger.warning("Deleting the stored value %s failed: %s", name, error)
            return False
        return True

    def get_api_client(self):
        from st2client.client import Client

        return Client(api=self._api)

    def _full_name(self, name, local):
        return (self._prefix if local else "") + name

    def _path(self, name, local):
        return "/keys/" + quoted(self._full_name(name, local))


class TrialDatastore(Datastore):
    """Reads what is stored, but keeps what is written to itself: for a sensor that is only tried."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._written = {}

    def get_value(self, name, local=True, scope=SYSTEM_SCOPE, decrypt=False):
        _check(scope)
        full = self._full_name(name, local)
        return self._written[full] if full in self._written else super().get_value(name, local, scope, decrypt)

    def set_value(self, name, value, ttl=None, local=True, scope=SYSTEM_SCOPE, encrypt=False):
        _check(scope)
        self._written[self._full_name(name, local)] = str(value)
        self._logger.info("Not stored, as this is a trial: %s", self._full_name(name, local))
        return True

    def delete_value(self, name, local=True, scope=SYSTEM_SCOPE):
        _check(scope)
        self._written[self._full_name(name, local)] = None
        self._logger.info("Not deleted, as this is a trial: %s", self._full_name(name, local))
        return True


def _check(scope):
    if scope != SYSTEM_SCOPE:
        raise ValueError("Scope %s is unsupported." % scope)


class DatastoreMethods:
    """The part that action_service and sensor_service share; `datastore_service` is given by the heir."""

    def get_user_info(self):
        return self.datastore_service.get_user_info()

    def list_values(self, local=True, prefix=None, limit=None, offset=None):
        return self.datastore_service.list_values(local, prefix, limit, offset)

    def get_value(self, name, local=True, scope=SYSTEM_SCOPE, decrypt=False):
        return self.datastore_service.get_value(name, local, scope, decrypt)

    def set_value(self, name, value, ttl=None, local=True, scope=SYSTEM_SCOPE, encrypt=False):
        return self.datastore_service.set_value(name, value, ttl, local, scope, encrypt)

    def delete_value(self, name, local=True, scope=SYSTEM_SCOPE):
        return self.datastore_service.delete_value(name, local, scope)
