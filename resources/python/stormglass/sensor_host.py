"""Runs one sensor in this process, as the engine says on standard input."""

import json
import os
import signal
import sys
import threading
import time
import traceback

from stormglass import loading, settings, wire
from stormglass.sensor_service import EventPipe, SensorService

COMMON_METHODS = ["setup", "cleanup", "add_trigger", "update_trigger", "remove_trigger"]
# How long the engine may take to store the last events of a sensor that ends.
LAST_EVENTS_TIME = 5
# How long a sensor may take to end once the engine is gone.
LEAVE_TIME = 10
REMINDER_TIME = 0.2
INSISTENCE_TIME = 0.2


class SensorHost:
    def __init__(self, commands, events):
        self._lines = wire.LineReader(commands)
        start = json.loads(self._lines.read() or b"{}")
        if start.get("type") != "start":
            raise ValueError("the first line must be a start message")
        self._start = start
        self._pipe = EventPipe(events, start.get("window", 256))
        self._pipe.pause(bool(start.get("paused")))
        # When the poll began that goes on.
        self._polling_since = None
        self._changes = []
        self._changed = threading.Condition()
        self._sensor = None
        self._has_left = False

    def run(self):
        """Returns the exit code."""
        signal.signal(signal.SIGTERM, self._leave)
        signal.signal(signal.SIGALRM, self._leave)
        self._answered = threading.Event()
        threading.Thread(target=self._insist, args=(_wake_pipe(),), name="insistence", daemon=True).start()
        threading.Thread(target=self._listen, name="commands", daemon=True).start()
        try:
            self._sensor = self._make()
            self._sensor.setup()
            with self._changed:
                self._changes[0:0] = [("add_trigger", trigger) for trigger in self._start.get("triggers", [])]
            self._apply_changes()
            self._pipe.say({"type": "ready", "pings": True})
            self._work()
            return 0
        except SystemExit as leave:
            return leave.code if isinstance(leave.code, int) else 0 if leave.code is None else 1
        except BaseException as error:
            self._report(error)
            return 1
        finally:
            self._has_left = True
            self._cleanup()

    def _leave(self, number, frame):
        """Raised where the sensor is. What swallows it there (a bare except) is told again, and again."""
        self._answered.set()
        if not self._has_left:
            signal.setitimer(signal.ITIMER_REAL, REMINDER_TIME)
            raise SystemExit(0)

    def _insist(self, wake):
        """In a thread of its own: a signal that comes just before a call that waits is noticed only when that
        call returns, which may be never. So it is sent until it is noticed."""
        while True:
            asked = os.read(wake, 64)
            if signal.SIGTERM in asked and not self._answered.wait(INSISTENCE_TIME):
                signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)
            self._answered.clear()

    def _make(self):
        start = self._start
        module = loading.load_module(start["file"])
        cls = vars(module).get(start["class"])
        if not isinstance(cls, type):
            raise ValueError('The file "%s" has no class %s.' % (start["file"], start["class"]))
        polls = _is_polling(cls)
        missing = loading.missing_methods(cls, COMMON_METHODS + (["poll"] if polls else ["run"]))
        if missing:
            raise ValueError("The sensor class %s lacks %s." % (start["class"], ", ".join(missing)))
        config = settings.PackConfig(start.get("config") or {}, start["pack"], start.get("config_file"))
        service = SensorService(self._pipe, start["pack"], start["class"], start.get("log_level", "INFO"),
                                start.get("instance"), not start.get("once"))
        given = {"sensor_service": service, "config": config}
        if polls and start.get("poll_interval"):
            given["poll_interval"] = start["poll_interval"]
        return cls(**given)

    def _work(self):
        cls = type(self._sensor)
        if _is_polling(cls) and cls.run is _polling_base().run:
            return self._poll()
        # Changes of triggers come while run() blocks, so they need a thread of their own.
        threading.Thread(target=self._apply_forever, name="triggers", daemon=True).start()
        self._sensor.run()

    def _poll(self):
        while True:
            self._pipe.wait_while_paused()
            self._polling_since = time.monotonic()
            self._sensor.poll()
            self._polling_since = None
            self._pipe.settle()
            if self._start.get("once"):
                return
            due = time.monotonic() + self._sensor.get_poll_interval()
            while time.monotonic() < due:
                with self._changed:
                    self._changed.wait_for(lambda: self._changes, due - time.monotonic())
                self._apply_changes()

    def _apply_forever(self):
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._changes)
            self._apply_changes()

    def _apply_changes(self):
        with self._changed:
            changes, self._changes = self._changes, []
        for method, trigger in changes:
            try:
                getattr(self._sensor, method)(trigger)
            except Exception:
                print("%s of the sensor failed for %s:" % (method, trigger.get("ref")), file=sys.stderr)
                traceback.print_exc()

    def _listen(self):
        """In a thread of its own, so that acknowledgements arrive whatever the sensor does."""
        while True:
            line = self._lines.read()
            if line is None:
                return self._abandoned()
            message = json.loads(line)
            kind = message.get("type")
            if kind == "ack":
                self._pipe.acknowledge(message["number"])
            elif kind == "ping":
                since = self._polling_since
                busy = 0 if since is None else int(time.monotonic() - since)
                self._pipe.say_soon({"type": "pong", "busy": busy})
            elif kind in ("pause", "resume"):
                self._pipe.pause(kind == "pause")
            elif kind in ("add_trigger", "update_trigger", "remove_trigger"):
                with self._changed:
                    self._changes.append((kind, message["trigger"]))
                    self._changed.notify_all()

    def _abandoned(self):
        """The engine is gone. A sensor that lived on would raise each event twice once there is a new one."""
        self._pipe.give_up()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(LEAVE_TIME)
        os._exit(1)

    def _report(self, error):
        text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        print(text, file=sys.stderr)
        try:
            self._pipe.say({"type": "failed", "message": "%s: %s" % (type(error).__name__, error), "traceback": text})
        except OSError:
            pass

    def _cleanup(self):
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._sensor is None:
            return
        try:
            self._sensor.cleanup()
            self._pipe.settle(LAST_EVENTS_TIME)
        except BaseException:
            traceback.print_exc()


def _wake_pipe():
    """Where the number of each signal that arrives can be read."""
    wake, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    return wake


def _polling_base():
    from st2reactor.sensor.base import PollingSensor

    return PollingSensor


def _is_polling(cls):
    return issubclass(cls, _polling_base())
