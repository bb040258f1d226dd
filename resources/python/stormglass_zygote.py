"""Forks a process per action from an interpreter that is already warm. Descriptor 3 is its control socket, over which
the engine sends what to start and with which descriptors; it ends when the engine closes that."""

import gc
import json
import os
import select
import signal
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
# Behind everything a pack's environment has.
sys.path.append(os.path.join(sys.path[0], "fallback"))

from stormglass import job, preload  # noqa: E402,F401

CONTROL = 3
MESSAGE_SIZE = 4096
# The channel, standard output and standard error of a job.
DESCRIPTORS = 3


class Zygote:
    def __init__(self):
        self._control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=CONTROL)
        os.set_inheritable(CONTROL, False)
        # Job number by process number, and the processes that were sent a signal.
        self._jobs = {}
        self._signalled = set()
        self._wake_reader, self._wake_writer = os.pipe()
        os.set_blocking(self._wake_reader, False)
        os.set_blocking(self._wake_writer, False)

    def serve(self):
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self._wake_writer, warn_on_full_buffer=False)
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._wake_reader, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == self._wake_reader:
                    self._reap()
                elif not self._hear():
                    return

    def _hear(self):
        """Takes one message; False when the engine is gone."""
        try:
            data, descriptors = self._receive()
        except ConnectionError:
            return False
        if not data:
            return False
        message = json.loads(data)
        if "start" in message:
            self._start(message["start"], descriptors)
        elif "signal" in message:
            self._signal(message["job"], message["signal"])
        return True

    def _receive(self):
        size = socket.CMSG_SPACE(DESCRIPTORS * 4)
        data, ancillary, _, _ = self._control.recvmsg(MESSAGE_SIZE, size)
        descriptors = []
        for level, kind, content in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                whole = content[: len(content) // 4 * 4]
                descriptors += [int.from_bytes(whole[i:i + 4], sys.byteorder) for i in range(0, len(whole), 4)]
        return data, descriptors

    def _start(self, number, descriptors):
        try:
            process = os.fork()
        except OSError as error:
            self._say({"failed": number, "reason": str(error)})
            process = None
        if process == 0:
            self._become(descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        if process:
            # Both sides do this, so that it holds before either goes on.
            self._group(process)
            self._jobs[process] = number
            self._say({"started": number, "process": process})

    @staticmethod
    def _group(process):
        try:
            os.setpgid(process, process)
        except OSError:
            pass  # it has ended already

    def _become(self, descriptors):
        """In the child: lets go of all that is the zygote's and runs the job. Never returns."""
        try:
            self._group(0)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            channel, output, errors = descriptors
            os.dup2(output, 1)
            os.dup2(errors, 2)
            os.close(output)
            os.close(errors)
            os.close(self._wake_reader)
            os.close(self._wake_writer)
            self._control.close()
            os.set_inheritable(channel, False)
            gc.enable()
            job.main(channel)
        finally:
            os._exit(1)

    def _signal(self, number, what):
        for process, owner in self._jobs.items():
            if owner == number:
                self._signalled.add(process)
                self._send(process, what)
                if what == signal.SIGTERM:
                    self._send(process, signal.SIGCONT)

    @staticmethod
    def _send(process, what):
        # Not reaped yet, so the number is still its own.
        try:
            os.killpg(process, what)
        except OSError:
            pass

    def _reap(self):
        try:
            while os.read(self._wake_reader, 512):
                pass
        except BlockingIOError:
            pass
        while True:
            try:
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None:
                return
            # What is left of a group that was asked to end goes with its first process.
            if ended.si_pid in self._signalled:
                self._signalled.discard(ended.si_pid)
                self._send(ended.si_pid, signal.SIGKILL)
            os.waitpid(ended.si_pid, 0)
            number = self._jobs.pop(ended.si_pid, None)
            if number is not None:
                signalled = ended.si_code != os.CLD_EXITED
                self._say({"ended": number, "signalled": signalled, "code": ended.si_status})

    def _say(self, message):
        try:
            self._control.send(json.dumps(message).encode())
        except OSError:
            pass  # the engine is gone: the next read says so


if __name__ == "__main__":
    gc.disable()
    zygote = Zygote()
    gc.collect()
    gc.freeze()
    zygote.serve()
