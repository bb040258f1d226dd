import http.server
import logging
import threading
import unittest

from hosts_fixtures import FakeService, free_port
from hosts_config import Config
from hosts_probes import probe_page, probe_port
from hosts_watch import Outside


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status = {"/missing": 404, "/broken": 500}.get(self.path, 200)
        self.send_response(status)
        self.end_headers()
        try:
            self.wfile.write(b"all is well" if self.path != "/huge" else b"x" * 10000000)
        except OSError:
            pass

    def log_message(self, *ignored):
        pass


class ProbesTest(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.port = self.server.server_address[1]
        self.url = "http://127.0.0.1:%d" % self.port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.end)

    def end(self):
        self.server.shutdown()
        self.server.server_close()

    def test_tells_an_open_port_from_a_closed_one(self):
        self.assertEqual(probe_port("127.0.0.1", self.port, 5)["state"], "open")
        closed = probe_port("127.0.0.1", free_port(), 5)
        self.assertEqual(closed["state"], "closed")
        self.assertIn("refused", closed["reason"])

    def test_tells_a_right_answer_from_a_wrong_one(self):
        self.assertEqual(probe_page(self.url, 5)["state"], "ok")
        self.assertEqual(probe_page(self.url, 5, text="well")["state"], "ok")
        self.assertEqual(probe_page(self.url + "/missing", 5, status=404)["state"], "ok")
        self.assertEqual(probe_page(self.url + "/broken", 5)["reason"], "it answered 500")
        self.assertEqual(probe_page(self.url, 5, status=201)["reason"], "it answered 200, not 201")
        self.assertIn("does not hold", probe_page(self.url, 5, text="bad")["reason"])
        self.assertEqual(probe_page(self.url + "/huge", 5)["state"], "ok")
        self.assertIn("refused", probe_page("http://127.0.0.1:%d/" % free_port(), 5)["reason"])

    def test_tells_of_changes_that_last(self):
        service = FakeService()
        config = Config({"confirm": 2, "hosts": [{"name": "web", "ports": [self.port], "pages": [{"url": self.url}]}]})
        watch = Outside(service, config, logging.getLogger("test"))
        watch.poll()
        watch.poll()
        self.assertEqual(service.taken(), [])
        self.end()
        watch.poll()
        self.assertEqual(service.taken(), [])
        watch.poll()
        (_, port), (_, page) = service.taken()
        self.assertEqual((port["state"], port["previous"], port["port"]), ("closed", "open", self.port))
        self.assertEqual((page["state"], page["previous"], page["url"]), ("failing", "ok", self.url))


if __name__ == "__main__":
    unittest.main()
