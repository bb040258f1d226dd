"""The engine's HTTP API as pack code reaches it: address and token come from the environment."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request

TIMEOUT = 30


class ApiError(Exception):
    """The API refused, or could not be reached (then `status` is None)."""

    def __init__(self, message, status=None):
        super().__init__(message)
        self.status = status


class Api:
    def __init__(self, url, token=None, api_key=None):
        self._url = (url or "").rstrip("/")
        self._token = token
        self._api_key = api_key

    @classmethod
    def from_environment(cls):
        environment = os.environ
        return cls(environment.get("ST2_ACTION_API_URL") or environment.get("ST2_API_URL"),
                   environment.get("ST2_ACTION_AUTH_TOKEN") or environment.get("ST2_AUTH_TOKEN"),
                   environment.get("ST2_API_KEY"))

    def call(self, method, path, query=None, body=None, headers=None):
        """What the API answers: a value if it is JSON, text if it is not, None if there is nothing."""
        if not self._url:
            raise ApiError("the engine's API is not served: ST2_ACTION_API_URL is not set")
        given = {key: _text(value) for key, value in (query or {}).items() if value is not None}
        url = self._url + path + ("?" + urllib.parse.urlencode(given) if given else "")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data=data, method=method, headers=dict(self._headers(), **(headers or {})))
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                text = answer.read()
                is_json = "json" in answer.headers.get("Content-Type", "json")
        except urllib.error.HTTPError as error:
            raise ApiError("%s %s: %s" % (method, path, _fault(error)), error.code) from None
        except OSError as error:
            raise ApiError("%s %s: %s" % (method, path, error)) from None
        if not text.strip():
            return None
        return json.loads(text) if is_json else text.decode("utf-8", "replace")

    def _headers(self):
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["X-Auth-Token"] = self._token
        elif self._api_key:
            headers["St2-Api-Key"] = self._api_key
        return headers


def quoted(name):
    return urllib.parse.quote(str(name), safe=":.")


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fault(error):
    try:
        return json.loads(error.read()).get("faultstring") or str(error)
    except (ValueError, AttributeError, OSError):
        return str(error)
