"""A client of the engine's API with the shape that packs know."""

from st2client import models
from st2client.models.core import Resource
from stormglass.api import Api, ApiError, quoted

# The collections that packs ask for, by the name of the client's attribute.
COLLECTIONS = {
    "actions": "actions",
    "aliases": "actionalias",
    "aliasexecutions": "aliasexecution",
    "apikeys": "apikeys",
    "configs": "configs",
    "executions": "executions",
    "inquiries": "inquiries",
    "packs": "packs",
    "policies": "policies",
    "rules": "rules",
    "runners": "runnertypes",
    "sensors": "sensortypes",
    "tokens": "tokens",
    "traces": "traces",
    "triggers": "triggers",
    "triggerinstances": "triggerinstances",
    "triggertypes": "triggertypes",
}

# The same by the names of StackStorm's managers.
MANAGERS = {
    "Action": "actions",
    "ActionAlias": "aliases",
    "ActionAliasExecution": "aliasexecutions",
    "ApiKey": "apikeys",
    "Config": "configs",
    "Execution": "executions",
    "Inquiry": "inquiries",
    "KeyValuePair": "keys",
    "LiveAction": "liveactions",
    "Pack": "packs",
    "Policy": "policies",
    "Rule": "rules",
    "RunnerType": "runners",
    "Sensor": "sensors",
    "Token": "tokens",
    "Trace": "traces",
    "Trigger": "triggers",
    "TriggerInstance": "triggerinstances",
    "TriggerType": "triggertypes",
    "Webhook": "webhooks",
}


class Collection:
    """One collection of the API."""

    def __init__(self, api, path, resource=Resource):
        self._api = api
        self._path = "/" + path
        self._resource = resource

    def get_all(self, **query):
        return [self._resource(**item) for item in self._api.call("GET", self._path, query) or []]

    query = get_all

    def get_by_id(self, id, **query):
        """None if there is no such resource."""
        try:
            return self._resource(**self._api.call("GET", self._of(id), query))
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    get_by_ref_or_id = get_by_ref = get_by_id

    def get_by_name(self, name, **query):
        found = self.get_all(name=name, **query)
        return found[0] if found else None

    def create(self, instance, **query):
        return self._resource(**self._api.call("POST", self._path, query, _body(instance)))

    def update(self, instance, **query):
        return self._resource(**self._api.call("PUT", self._of(instance.id), query, _body(instance)))

    def delete(self, instance, **query):
        return self.delete_by_id(instance.id, **query)

    def delete_by_id(self, instance_id, **query):
        self._api.call("DELETE", self._of(instance_id), query)
        return True

    def get_property(self, id, property_name, **query):
        """What lies below a resource: `/executions/<id>/children`."""
        return self._api.call("GET", "%s/%s" % (self._of(id), property_name), query)

    def _of(self, id):
        return "%s/%s" % (self._path, quoted(id))


class KeyCollection(Collection):
    """Stored values are known by their names."""

    def get_by_name(self, name, **query):
        return self.get_by_id(name, **query)

    def update(self, instance, **query):
        return self._resource(**self._api.call("PUT", self._of(instance.name), query, _body(instance)))

    def delete(self, instance, **query):
        return self.delete_by_id(instance.name, scope=query.pop("scope", instance.scope), **query)


class ExecutionCollection(Collection):
    def delete_by_id(self, instance_id, **query):
        """Cancels it; what it is then, or a `faultstring` where it is too late."""
        return self._api.call("DELETE", self._of(instance_id), query)

    def pause(self, execution_id):
        return self._set_status(execution_id, "pausing")

    def resume(self, execution_id):
        return self._set_status(execution_id, "resuming")

    def _set_status(self, execution_id, status):
        return self._resource(**self._api.call("PUT", self._of(execution_id), body={"status": status}))

    def re_run(self, execution_id, parameters=None, **options):
        body = dict(options, parameters=parameters or {})
        return self._resource(**self._api.call("POST", self._of(execution_id) + "/re_run", body=body))

    def get_output(self, execution_id, output_type=None):
        return self._api.call("GET", self._of(execution_id) + "/output", {"output_type": output_type})


class AliasCollection(Collection):
    def match(self, instance):
        """The alias of a command, and the representation that it matched."""
        answer = self._api.call("POST", self._path + "/match", body=_body(instance))
        return models.ActionAlias(**answer["actionalias"]), answer["representation"]


class AliasExecutionCollection(Collection):
    def match_and_execute(self, instance, **query):
        """The first of what a command asked for."""
        answer = self._api.call("POST", self._path + "/match_and_execute", query, _body(instance))
        return self._resource(**answer["results"][0])


class InquiryCollection(Collection):
    def respond(self, inquiry_id, inquiry_response):
        body = {"id": inquiry_id, "response": inquiry_response}
        return self._resource(**self._api.call("PUT", self._of(inquiry_id), body=body))


class WebhookCollection(Collection):
    def post_generic_webhook(self, trigger, payload=None, trace_tag=None):
        headers = {"St2-Trace-Tag": trace_tag} if trace_tag else None
        body = {"trigger": trigger, "payload": payload or {}}
        return self._api.call("POST", self._path + "/st2", body=body, headers=headers)


class Client:
    def __init__(self, base_url=None, api_url=None, token=None, api_key=None, api=None, **ignored):
        self._api = api or _api_of(base_url, api_url, token, api_key)
        kinds = {"executions": (ExecutionCollection, models.Execution), "aliases": (AliasCollection, models.ActionAlias),
                 "aliasexecutions": (AliasExecutionCollection, models.ActionAliasExecution),
                 "actions": (Collection, models.Action), "inquiries": (InquiryCollection, Resource)}
        for name, path in COLLECTIONS.items():
            kind, resource = kinds.get(name, (Collection, Resource))
            setattr(self, name, kind(self._api, path, resource))
        self.webhooks = WebhookCollection(self._api, "webhooks")
        self.liveactions = self.executions
        self.keys = KeyCollection(self._api, "keys", models.KeyValuePair)
        self.managers = {manager: getattr(self, name) for manager, name in MANAGERS.items()}

    def get_user_info(self):
        return self._api.call("GET", "/user")


def _api_of(base_url, api_url, token, api_key):
    if not base_url and not api_url:
        return Api.from_environment()
    return Api(api_url or base_url.rstrip("/") + "/api/v1", token, api_key)


def _body(instance):
    return instance.serialize() if isinstance(instance, Resource) else instance
