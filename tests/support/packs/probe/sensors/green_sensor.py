import eventlet
import six
from eventlet.green import subprocess
from six.moves.urllib.parse import urljoin
from st2reactor.sensor.base import Sensor

eventlet.monkey_patch(os=True, select=True, socket=True, thread=True, time=True)


class GreenSensor(Sensor):
    def setup(self):
        pass

    def run(self):
        pool = eventlet.GreenPool(2)
        squares = list(pool.imap(lambda n: n * n, [1, 2, 3]))
        pool.waitall()
        eventlet.sleep(0)
        try:
            eventlet.spawn(int, "no").wait()
            failed = None
        except ValueError:
            failed = "no"
        never = eventlet.spawn_after(3600, print, "never")
        never.cancel()
        never.wait()
        self.sensor_service.dispatch("probe.green", {
            "spawned": eventlet.spawn(lambda a, b: a + b, 1, b=2).wait(),
            "pool": squares,
            "failed": failed,
            "joined": six.ensure_str(urljoin("http://a/b", "c").encode()),
            "running": pool.running(),
            "said": subprocess.check_output(["echo", "hello"], text=True),
        })

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
