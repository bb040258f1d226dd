"""Modules and functions under the names six gives them."""

import builtins
import collections
import configparser
import email.mime.multipart
import email.mime.text
import functools
import html
import html.entities
import html.parser
import http.client
import http.cookiejar
import http.cookies
import http.server
import importlib
import io
import itertools
import os
import pickle
import queue
import shlex
import socketserver
import subprocess
import sys
import urllib
import urllib.error
import urllib.parse
import urllib.request
import urllib.response
import urllib.robotparser
import xmlrpc.client
import _thread

_modules = {
    "builtins": builtins, "configparser": configparser, "cPickle": pickle, "queue": queue, "socketserver": socketserver,
    "http_client": http.client, "http_cookiejar": http.cookiejar, "http_cookies": http.cookies,
    "BaseHTTPServer": http.server, "SimpleHTTPServer": http.server, "html_entities": html.entities,
    "html_parser": html.parser, "email_mime_multipart": email.mime.multipart, "email_mime_text": email.mime.text,
    "_thread": _thread, "xmlrpc_client": xmlrpc.client, "urllib_parse": urllib.parse, "urllib_error": urllib.error,
    "urllib": urllib, "urllib.parse": urllib.parse, "urllib.error": urllib.error, "urllib.request": urllib.request,
    "urllib.response": urllib.response, "urllib.robotparser": urllib.robotparser,
}
for _name, _module in _modules.items():
    sys.modules["%s.%s" % (__name__, _name)] = _module
    if "." not in _name:
        globals()[_name] = _module

cStringIO = StringIO = io.StringIO
UserDict, UserList, UserString = collections.UserDict, collections.UserList, collections.UserString
filter, input, map, range, zip = builtins.filter, builtins.input, builtins.map, builtins.range, builtins.zip
xrange = range
filterfalse, zip_longest = itertools.filterfalse, itertools.zip_longest
getcwd, getcwdb, getoutput = os.getcwd, os.getcwdb, subprocess.getoutput
intern, reduce, reload_module, shlex_quote = sys.intern, functools.reduce, importlib.reload, shlex.quote
