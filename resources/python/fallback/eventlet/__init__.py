"""What sensors and actions commonly use of eventlet, with real threads: packs could always import it, because
StackStorm itself stands on it. Where a pack's environment has the real one, that is found first."""

import concurrent.futures
import threading
import time

from eventlet import green

__all__ = ["GreenPool", "GreenThread", "green", "monkey_patch", "sleep", "spawn", "spawn_after", "spawn_n"]


def sleep(seconds=0):
    time.sleep(seconds)


def monkey_patch(*args, **kwargs):
    """Nothing to patch: threads are real."""


class GreenThread:
    """A thread whose result can be waited for; it does not keep its process alive."""

    def __init__(self, function, args, kwargs, delay=0):
        self._future = concurrent.futures.Future()
        self._canceled = threading.Event()
        work = (function, args, kwargs, delay)
        threading.Thread(target=self._run, args=work, daemon=True).start()

    def _run(self, function, args, kwargs, delay):
        if self._canceled.wait(delay):
            self._future.set_result(None)
            return
        try:
            self._future.set_result(function(*args, **kwargs))
        except BaseException as error:
            self._future.set_exception(error)

    def wait(self):
        return self._future.result()

    def cancel(self, *ignored):
        """Only one that has not begun can be stopped."""
        self._canceled.set()

    kill = cancel


def spawn(function, *args, **kwargs):
    return GreenThread(function, args, kwargs)


spawn_n = spawn


def spawn_after(seconds, function, *args, **kwargs):
    return GreenThread(function, args, kwargs, seconds)


class GreenPool:
    """At most so many threads at once; spawn waits for room."""

    def __init__(self, size=1000):
        self.size = size
        self._room = threading.Semaphore(size)
        self._changed = threading.Condition()
        self._running = 0

    def spawn(self, function, *args, **kwargs):
        self._room.acquire()
        with self._changed:
            self._running += 1
        return GreenThread(self._guarded, (function, args, kwargs), {})

    spawn_n = spawn

    def _guarded(self, function, args, kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()
            self._room.release()

    def running(self):
        return self._running

    def free(self):
        return self.size - self._running

    def waitall(self):
        with self._changed:
            self._changed.wait_for(lambda: self._running == 0)

    def imap(self, function, *iterables):
        threads = [self.spawn(function, *each) for each in zip(*iterables)]
        return (thread.wait() for thread in threads)
