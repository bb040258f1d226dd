"""Quoting for shells, and running a command to its end."""

import shlex
import subprocess

__all__ = ["quote_unix", "quote_windows", "run_command"]


def quote_unix(value):
    return shlex.quote(value)


def quote_windows(value):
    return subprocess.list2cmdline([value])


def run_command(cmd, stdin=None, stdout=subprocess.PIPE, stderr=subprocess.PIPE, shell=False, cwd=None, env=None):
    """(exit code, output, errors)"""
    done = subprocess.run(cmd, stdin=stdin, stdout=stdout, stderr=stderr, shell=shell, cwd=cwd, env=env, check=False)
    return done.returncode, (done.stdout or b"").decode("utf-8", "replace"), (done.stderr or b"").decode("utf-8", "replace")
