import unittest

import hosts_fixtures  # noqa: F401
from hosts_config import Config, ConfigError


class ConfigTest(unittest.TestCase):
    def test_takes_what_the_schema_describes(self):
        config = Config({
            "hosts": [
                {"name": "here"},
                {"name": "web", "address": "web.example.org", "user": "monitor", "services": ["nginx.service"],
                 "logs": [{"path": "/var/log/x", "pattern": "error"}], "ports": [80],
                 "pages": [{"url": "https://web.example.org/"}], "thresholds": {"disk": {"critical": 90}}}],
            "thresholds": {"disk": {"warning": 70}}})
        here, web = config.hosts
        self.assertTrue(here.is_here)
        self.assertFalse(web.is_here)
        self.assertEqual(web.thresholds["disk"], {"warning": 70.0, "critical": 90.0, "hysteresis": 2.0})
        self.assertEqual(here.thresholds["disk"]["critical"], 95.0)
        self.assertIs(config.host("web"), web)
        self.assertTrue(config.host("localhost").is_here)

    def test_an_empty_configuration_watches_nothing(self):
        self.assertEqual(Config({}).hosts, [])

    def test_refuses_what_could_be_taken_for_an_option_or_a_command(self):
        for fault in ({"address": "-oProxyCommand=x"}, {"user": "-x"}, {"user": "a b"}, {"services": ["--all"]},
                      {"services": ["a; b"]}, {"address": "a b"}, {"disks": ["var"]}, {"logs": [{"path": "x"}]},
                      {"logs": [{"path": "/x\n/y"}]}):
            with self.assertRaises(ConfigError, msg=str(fault)):
                Config({"hosts": [dict({"name": "a"}, **fault)]})

    def test_says_where_the_fault_is(self):
        for given, told in (
                ({"hosts": [{"name": "a b"}]}, "hosts[0].name"),
                ({"hosts": [{"name": "a"}, {"name": "a"}]}, "two hosts are called a"),
                ({"hosts": [{"name": "a", "ports": [70000]}]}, "host a.ports"),
                ({"hosts": [{"name": "a", "pages": [{"url": "file:///etc/passwd"}]}]}, "host a.pages.url"),
                ({"hosts": [{"name": "a", "logs": [{"path": "/x", "pattern": "("}]}]}, "host a.logs.pattern"),
                ({"thresholds": {"heat": {}}}, "thresholds.heat"),
                ({"thresholds": {"disk": {"warning": 99}}}, "warning must not be above critical"),
                ({"confirm": 0}, "confirm"),
                ({"hosts": "a"}, "hosts must be a list")):
            with self.assertRaises(ConfigError) as raised:
                Config(given)
            self.assertIn(told, str(raised.exception))

    def test_names_the_hosts_there_are(self):
        with self.assertRaisesRegex(ConfigError, "no host b. Configured are: a"):
            Config({"hosts": [{"name": "a"}]}).host("b")


if __name__ == "__main__":
    unittest.main()
