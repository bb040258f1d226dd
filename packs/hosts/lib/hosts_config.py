"""The configuration of this pack, understood and checked."""

import re

# Of each measurement: from which value on it is a warning or critical, and how far below that it must fall to be over.
DEFAULTS = {
    "load": {"warning": 2.0, "critical": 4.0, "hysteresis": 0.5},
    "memory": {"warning": 85.0, "critical": 95.0, "hysteresis": 3.0},
    "swap": {"warning": 50.0, "critical": 80.0, "hysteresis": 10.0},
    "disk": {"warning": 85.0, "critical": 95.0, "hysteresis": 2.0},
    "inodes": {"warning": 85.0, "critical": 95.0, "hysteresis": 2.0},
}
UNITS = {"load": "per processor", "memory": "%", "swap": "%", "disk": "%", "inodes": "%"}
MOST_HOSTS = 1000
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$")
# Nothing that a shell, ssh or systemd would read as more than a name.
ADDRESS = re.compile(r"^[A-Za-z0-9\[][A-Za-z0-9.:\[\]%_-]{0,254}$")
USER = re.compile(r"^[A-Za-z_][A-Za-z0-9_.-]{0,31}$")
UNIT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9:_.@\\-]{0,254}$")


class ConfigError(ValueError):
    """The configuration of the pack is at fault; the text says where."""


class Log:
    def __init__(self, given, where):
        self.path = _absolute(given.get("path"), where + ".path")
        try:
            self.pattern = re.compile(given.get("pattern") or "")
        except re.error as error:
            raise ConfigError("%s.pattern is no regular expression: %s" % (where, error)) from None


class Page:
    def __init__(self, given, where):
        self.url = given.get("url") or ""
        if not re.match(r"^https?://[^\s/]", self.url):
            raise ConfigError("%s.url must begin with http:// or https://" % where)
        self.status = given.get("status")
        self.text = given.get("text")


class Host:
    """A server as the configuration describes it."""

    def __init__(self, given, thresholds, where):
        self.name = _matching(NAME, given.get("name"), where + ".name", "letters, digits and _.-")
        where = "host %s" % self.name
        self.address = given.get("address") or None
        if self.address is not None:
            _matching(ADDRESS, self.address, where + ".address", "a name or an address")
        self.port = _port(given.get("port") or 22, where + ".port")
        self.user = given.get("user") or None
        if self.user is not None:
            _matching(USER, self.user, where + ".user", "the name of a user")
        self.key_file = given.get("key_file") or None
        self.known_hosts_file = given.get("known_hosts_file") or None
        self.services = [unit(each, where + ".services") for each in given.get("services") or []]
        self.disks = [_absolute(each, where + ".disks") for each in given.get("disks") or []]
        self.logs = [Log(each, where + ".logs") for each in given.get("logs") or []]
        self.ports = [_port(each, where + ".ports") for each in given.get("ports") or []]
        self.pages = [Page(each, where + ".pages") for each in given.get("pages") or []]
        self.thresholds = _thresholds(given.get("thresholds"), thresholds, where + ".thresholds")

    @property
    def is_here(self):
        return self.address is None


class Config:
    def __init__(self, given):
        thresholds = _thresholds(given.get("thresholds"), DEFAULTS, "thresholds")
        self.confirm = _at_least(1, given.get("confirm", 2), "confirm")
        self.connect_timeout = _at_least(1, given.get("connect_timeout", 10), "connect_timeout")
        self.command_timeout = _at_least(1, given.get("command_timeout", 30), "command_timeout")
        self.reports_measurements = bool(given.get("report_measurements", False))
        hosts = given.get("hosts") or []
        if not isinstance(hosts, list) or len(hosts) > MOST_HOSTS:
            raise ConfigError("hosts must be a list of at most %d servers" % MOST_HOSTS)
        self.hosts = []
        for number, each in enumerate(hosts):
            if not isinstance(each, dict):
                raise ConfigError("hosts[%d] must be a mapping" % number)
            self.hosts.append(Host(each, thresholds, "hosts[%d]" % number))
        names = [host.name for host in self.hosts]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise ConfigError("two hosts are called %s" % doubled[0])

    def host(self, name):
        """One that is configured; `localhost` stands for this machine in any case."""
        for host in self.hosts:
            if host.name == name:
                return host
        if name == "localhost":
            return Host({"name": "localhost"}, DEFAULTS, "localhost")
        raise ConfigError("There is no host %s. Configured are: %s." %
                          (name, ", ".join(host.name for host in self.hosts) or "none"))


def unit(text, where):
    return _matching(UNIT, text, where, "names of systemd units")


def _matching(pattern, text, where, what):
    if not isinstance(text, str) or not pattern.match(text):
        raise ConfigError("%s must be %s, not %r" % (where, what, text))
    return text


def _absolute(path, where):
    if not isinstance(path, str) or not path.startswith("/") or "\0" in path or "\n" in path:
        raise ConfigError("%s must be an absolute path, not %r" % (where, path))
    return path


def _port(number, where):
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 65535:
        raise ConfigError("%s must be a number from 1 to 65535, not %r" % (where, number))
    return number


def _at_least(least, number, where):
    if isinstance(number, bool) or not isinstance(number, (int, float)) or number < least:
        raise ConfigError("%s must be %s or more, not %r" % (where, least, number))
    return number


def _thresholds(given, fallback, where):
    """Those given over the fallback, measurement by measurement."""
    result = {what: dict(values) for what, values in fallback.items()}
    for what, values in (given or {}).items():
        if what not in DEFAULTS or not isinstance(values, dict):
            raise ConfigError("%s.%s is not known: %s are" % (where, what, ", ".join(sorted(DEFAULTS))))
        for name, value in values.items():
            if name not in ("warning", "critical", "hysteresis"):
                raise ConfigError("%s.%s.%s is not known: warning, critical and hysteresis are" % (where, what, name))
            result[what][name] = float(_at_least(0, value, "%s.%s.%s" % (where, what, name)))
        if result[what]["warning"] > result[what]["critical"]:
            raise ConfigError("%s.%s: warning must not be above critical" % (where, what))
    return result
