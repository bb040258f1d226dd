"""Runs one action in this process: reads the job from a descriptor, loads the class, runs it, answers."""

import atexit
import os
import sys
import threading
import traceback

from stormglass import loading, settings, wire

INVALID_STATUS_EXIT_CODE = 220


class JobError(Exception):
    """What keeps an action from running and is no fault inside its own code."""


def main(channel):
    """Reads one job from the channel, runs it, and ends the process with the action's exit code."""
    code = 1
    try:
        line = wire.LineReader(channel).read()
        if line is None:
            return _leave(1)
        code = _guarded(wire.json.loads(line), channel)
    except BaseException:
        traceback.print_exc()
    _leave(code)


def _guarded(job, channel):
    try:
        _prepare(job)
        return _run(job, channel)
    except SystemExit as leave:
        return _exit_code(leave)
    except ModuleNotFoundError:
        traceback.print_exc()
        if job.get("hint"):
            print(job["hint"], file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1


def _prepare(job):
    if job.get("environment") is not None:
        _replace_environment(job["environment"])
    if job.get("folder"):
        os.chdir(job["folder"])
    sys.path[0:0] = [path for path in job.get("paths", []) if os.path.isdir(path)]
    _forget_hidden_modules(job.get("paths", []))
    sys.argv = [job["file"]]


def _replace_environment(wanted):
    """Only what differs: mostly it is the same, and setting a variable is slow."""
    present = dict(os.environ)
    for name in present:
        if name not in wanted:
            del os.environ[name]
    for name, value in wanted.items():
        if present.get(name) != value:
            os.environ[name] = value


def _forget_hidden_modules(paths):
    """What the zygote has loaded beforehand gives way to a module of that name that the pack brings along."""
    for name in sys.modules.get("stormglass.preload", _Nothing).loaded:
        if any(os.path.exists(os.path.join(path, name)) or os.path.exists(os.path.join(path, name + ".py"))
               for path in paths):
            for module in [m for m in sys.modules if m == name or m.startswith(name + ".")]:
                del sys.modules[module]


class _Nothing:
    loaded = ()


def _run(job, channel):
    action = _instantiate(_load(job["file"]), job)
    output = action.run(**job.get("parameters", {}))
    status, result = None, output
    if isinstance(output, tuple) and len(output) == 2:
        status, result = output
        if status is not None and not isinstance(status, bool):
            _complain_about_status(status)
            return INVALID_STATUS_EXIT_CODE
    wire.write_all(channel, _answer(status, result))
    return 0


def _load(path):
    try:
        module = loading.load_module(path)
        cls = loading.find_class(module, ["run"])
    except SystemExit:
        raise
    except Exception as error:
        print('The action class cannot be loaded from "%s": %s' % (path, error), file=sys.stderr)
        raise
    if cls is None:
        raise JobError('The file "%s" has no class with a run method.' % path)
    return cls


def _instantiate(cls, job):
    from stormglass.action_service import ActionService

    logger = settings.logger_to_stderr("actions.python." + cls.__name__, job.get("log_level"))
    service = ActionService(logger, job.get("pack", ""), cls.__name__)
    config = settings.PackConfig(job.get("config") or {}, job.get("pack", ""), job.get("config_file"))
    try:
        action = cls(config=config, action_service=service)
    except TypeError as error:
        # Classes written before there was an action service.
        if "unexpected keyword argument 'action_service'" not in str(error):
            raise
        action = cls(config=config)
        action.action_service = service
    return action


def _answer(status, result):
    try:
        return wire.encode({"status": status, "result": wire.plain(result)})
    except (TypeError, ValueError, RecursionError):
        return wire.encode({"status": status, "result": str(result)})


def _complain_about_status(status):
    print("run() returned a tuple of two, so its first item is the status and must be True or False, not: %s\n"
          "Return a list instead, or (True, (first, second))." % (status,), file=sys.stderr)


def _exit_code(leave):
    """As the interpreter itself would end."""
    if leave.code is None:
        return 0
    if isinstance(leave.code, int):
        return leave.code & 0xFF
    print(leave.code, file=sys.stderr)
    return 1


def _leave(code):
    """Ends as the interpreter would, threads and exit functions included, but without taking it apart."""
    try:
        threading._shutdown()
        atexit._run_exitfuncs()
    except BaseException:
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass
    os._exit(code)
