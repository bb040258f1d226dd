import os
import sys

from st2common.runners.base_action import Action

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_config import Page  # noqa: E402
from hosts_probes import probe_page  # noqa: E402


class ProbePageAction(Action):
    def run(self, url, status=None, text=None, seconds=10):
        page = Page({"url": url, "status": status, "text": text}, "page")
        found = probe_page(page.url, seconds, page.status, page.text)
        return found["state"] == "ok", found
