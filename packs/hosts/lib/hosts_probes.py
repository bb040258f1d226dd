"""What a server looks like from here: TCP ports and web pages."""

import socket
import time
import urllib.error
import urllib.request

# Of an answer, to look for a text in.
BODY_LIMIT = 256 * 1024
AGENT = "stormglass-hosts/1.0"


def probe_port(address, port, timeout):
    """{state: open | closed, milliseconds, reason}"""
    begin = time.monotonic()
    try:
        socket.create_connection((address, port), timeout=timeout).close()
        state, reason = "open", ""
    except OSError as error:
        state, reason = "closed", str(error)
    return {"state": state, "milliseconds": _since(begin), "reason": reason}


def probe_page(url, timeout, status=None, text=None):
    """{state: ok | failing, status, milliseconds, reason}. Whether an answer is the right one: its status, and what it holds."""
    begin = time.monotonic()
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            found, body = answer.status, answer.read(BODY_LIMIT)
    except urllib.error.HTTPError as error:
        found, body = error.code, error.read(BODY_LIMIT)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        return {"state": "failing", "status": 0, "milliseconds": _since(begin), "reason": str(reason)}
    reason = _fault(found, body, status, text)
    return {"state": "failing" if reason else "ok", "status": found, "milliseconds": _since(begin), "reason": reason}


def _fault(found, body, status, text):
    if status is not None and found != status:
        return "it answered %d, not %d" % (found, status)
    if status is None and found >= 400:
        return "it answered %d" % found
    if text and text not in body.decode("utf-8", "replace"):
        return "its answer does not hold %r" % text
    return ""


def _since(begin):
    return round((time.monotonic() - begin) * 1000)
