"""A peer for HTTP tests: prints its port, answers on loopback, ends with its standard input."""

import gzip
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

keys = {}


class Peer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def json(self, value, status=200, kind="application/json"):
        self.answer(status, json.dumps(value).encode(), [("Content-Type", kind)])

    def everything(self):
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        name = url.path.strip("/").split("/")[0] or "echo"
        if url.path.startswith("/v1/"):
            return self.api(url, body)
        getattr(self, "do_" + name, self.missing)(url, body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_PURGE = everything

    def missing(self, url, body):
        self.json({"faultstring": "nothing here"}, 404)

    def do_echo(self, url, body):
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.json({"method": self.command, "path": url.path, "query": parse_qsl(url.query, True), "headers": headers,
                   "body": body.decode("utf-8", "replace")})

    def do_status(self, url, body):
        self.answer(int(url.path.split("/")[2]), b"plain", [("Content-Type", "text/plain")])

    def do_badjson(self, url, body):
        self.answer(200, b"{oops", [("Content-Type", "application/json; charset=utf-8")])

    def do_latin(self, url, body):
        self.answer(200, b"caf\xe9", [("Content-Type", "text/plain; charset=iso-8859-1")])

    def do_twice(self, url, body):
        self.answer(200, b"", [("X-Twice", "a"), ("X-Twice", "b")])

    def do_gzip(self, url, body):
        self.answer(200, gzip.compress(b"x" * 1000000), [("Content-Encoding", "gzip")])

    def do_endless(self, url, body):
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.close_connection = True

    def do_slow(self, url, body):
        time.sleep(20)
        self.answer(200, b"late")

    def do_redirect(self, url, body):
        self.answer(302, b"first", [("Location", dict(parse_qsl(url.query))["to"]), ("X-First", "1")])

    def do_breaks(self, url, body):
        self.connection.close()
        self.close_connection = True

    def api(self, url, body):
        """As much of the engine's API as the datastore calls need."""
        if self.headers.get("X-Auth-Token") != "token":
            return self.json({"faultstring": "no token"}, 401)
        parts = url.path.split("/", 3)
        if parts[2] == "user":
            return self.json({"username": "ann"})
        if len(parts) < 4:
            return self.json([item for name, item in keys.items() if name.startswith(dict(parse_qsl(url.query)).get("prefix", ""))])
        if self.command == "PUT":
            keys[parts[3]] = json.loads(body)
            return self.json(keys[parts[3]])
        if parts[3] not in keys:
            return self.json({"faultstring": "no such key"}, 404)
        if self.command == "DELETE":
            del keys[parts[3]]
            return self.answer(204)
        return self.json(keys[parts[3]])


ThreadingHTTPServer.request_queue_size = 128
server = ThreadingHTTPServer(("127.0.0.1", 0), Peer)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
