"""Modules as eventlet offers them: the ordinary ones, since threads are real."""

import select
import socket
import ssl
import subprocess
import sys
import threading
import time

for _module in (select, socket, ssl, subprocess, threading, time):
    sys.modules[__name__ + "." + _module.__name__] = _module
