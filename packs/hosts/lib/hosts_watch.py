"""From what is seen of servers to the events that tell of it."""

import json
from concurrent.futures import ThreadPoolExecutor

from hosts_config import UNITS
from hosts_levels import OK, Memory, level_of
from hosts_measuring import look
from hosts_probes import probe_page, probe_port
from hosts_shell import HostError

AT_ONCE = 8
LINE_LIMIT = 8192
STATES, POSITIONS = "states", "positions"


class Watch:
    """What both sensors of this pack share: events out, and states that outlive a restart."""

    def __init__(self, service, config, logger):
        self._service = service
        self.config = config
        self._logger = logger
        self.memory = Memory(self._stored(STATES))
        self._kept = self.memory.states()

    def each_host(self, hosts, work):
        """(host, result) as they come in; a result may be the HostError of that host."""
        def guarded(host):
            try:
                return work(host)
            except HostError as error:
                return error

        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            yield from zip(hosts, pool.map(guarded, hosts))

    def raise_event(self, kind, payload):
        self._service.dispatch("hosts." + kind, payload)

    def keep(self, watched):
        """After the events: what is stored never runs ahead of them."""
        self.memory.keep_only(watched)
        states = self.memory.states()
        if states != self._kept:
            self._service.set_value(STATES, json.dumps(states))
            self._kept = states

    def _stored(self, name):
        try:
            return json.loads(self._service.get_value(name) or "{}")
        except ValueError:
            self._logger.warning("What was kept under %s cannot be read: it begins anew", name)
            return {}


class Inside(Watch):
    """Servers as they look from inside: load, memory, disks, services, log lines."""

    def __init__(self, service, config, logger, shells):
        super().__init__(service, config, logger)
        self._shells = shells
        self._positions = self._stored(POSITIONS)
        self._kept_positions = self._stored(POSITIONS)

    def poll(self):
        watched = set()
        for host, seen in self.each_host(self.config.hosts, self._look):
            watched.add(host.name + "|reachable")
            # What is known of a server that cannot be reached stays known.
            if isinstance(seen, HostError):
                watched.update(name for name in self.memory.states() if name.startswith(host.name + "|"))
                self._tell_reach(host, "unreachable", str(seen))
                continue
            self._tell_reach(host, "reachable", "")
            watched.update(self._tell_levels(host, seen))
            watched.update(self._tell_services(host, seen))
            self._tell_lines(host, seen)
            for fault in seen.faults:
                self._logger.warning("%s: %s", host.name, fault)
            if self.config.reports_measurements:
                self.raise_event("measured", dict(seen.document(), host=host.name))
        self._keep_positions()
        self.keep(watched)

    def _look(self, host):
        return look(self._shells, host, self._positions.get(host.name))

    def _tell_reach(self, host, state, reason):
        change = self.memory.see(host.name + "|reachable", state, self.config.confirm, usual="reachable")
        if change:
            self.raise_event("reachability", {"host": host.name, "state": state, "previous": change[0], "reason": reason})

    def _tell_levels(self, host, seen):
        for what, subject, value in seen.measurements():
            name = "|".join((host.name, what, subject))
            thresholds = host.thresholds[what]
            level = level_of(value, thresholds, self.memory.state(name) or OK)
            change = self.memory.see(name, level, usual=OK)
            if change:
                self.raise_event("threshold", {
                    "host": host.name, "what": what, "subject": subject, "value": value, "unit": UNITS[what],
                    "level": level, "previous": change[0], "warning": thresholds["warning"],
                    "critical": thresholds["critical"]})
            yield name

    def _tell_services(self, host, seen):
        for unit, service in seen.services.items():
            name = "|".join((host.name, "service", unit))
            state = service["state"]
            # On its way from one state to another.
            if state not in ("activating", "deactivating", "reloading"):
                change = self.memory.see(name, state, usual="active")
                if change:
                    self.raise_event("service", {"host": host.name, "service": unit, "state": state,
                                                 "detail": service["detail"], "previous": change[0]})
            yield name

    def _tell_lines(self, host, seen):
        for log in host.logs:
            if log.path not in seen.logs:
                # One that appears later is new from its first line on.
                self._positions.setdefault(host.name, {}).setdefault(log.path, ["0", 0])
                continue
            inode, position, text = seen.logs[log.path]
            for line in text.splitlines():
                if log.pattern.search(line):
                    self.raise_event("log_line", {"host": host.name, "path": log.path, "line": line[:LINE_LIMIT],
                                                  "pattern": log.pattern.pattern})
            self._positions.setdefault(host.name, {})[log.path] = [inode, position]

    def _keep_positions(self):
        paths = {host.name: {log.path for log in host.logs} for host in self.config.hosts}
        kept = {name: {path: place for path, place in places.items() if path in paths.get(name, ())}
                for name, places in self._positions.items() if paths.get(name)}
        if kept != self._kept_positions:
            text = json.dumps(kept)
            self._service.set_value(POSITIONS, text)
            self._kept_positions = json.loads(text)
        self._positions = kept


class Outside(Watch):
    """Servers as they look from here: ports and web pages."""

    def poll(self):
        watched = set()
        for host, found in self.each_host([host for host in self.config.hosts if host.ports or host.pages], self._probe):
            for kind, subject, result in found:
                name = "|".join((host.name, kind, str(subject)))
                watched.add(name)
                usual = "open" if kind == "port" else "ok"
                change = self.memory.see(name, result["state"], self.config.confirm, usual=usual)
                if change:
                    self.raise_event(kind, dict(result, host=host.name, previous=change[0],
                                                **{"port" if kind == "port" else "url": subject}))
        self.keep(watched)

    def _probe(self, host):
        timeout = self.config.connect_timeout
        address = (host.address or "127.0.0.1").strip("[]")
        found = [("port", port, probe_port(address, port, timeout)) for port in host.ports]
        return found + [("page", page.url, probe_page(page.url, timeout, page.status, page.text)) for page in host.pages]
