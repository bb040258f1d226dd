"""What packs use of six, on Python 3 alone. Where a pack's environment has the real one, that is found first."""

import builtins
import functools
import io
import operator
import sys
import types

from six import moves

__all__ = []

PY2 = False
PY3 = True
PY34 = sys.version_info >= (3, 4)
MAXSIZE = sys.maxsize
string_types = (str,)
integer_types = (int,)
class_types = (type,)
text_type = str
binary_type = bytes
StringIO = io.StringIO
BytesIO = io.BytesIO
Iterator = object
next = advance_iterator = builtins.next
callable = builtins.callable
print_ = builtins.print
exec_ = builtins.exec
unichr = chr
int2byte = functools.partial(int.to_bytes, length=1, byteorder="big")
byte2int = operator.itemgetter(0)
indexbytes = operator.getitem
iterbytes = iter
wraps = functools.wraps
get_function_code = operator.attrgetter("__code__")
get_function_globals = operator.attrgetter("__globals__")
get_method_function = operator.attrgetter("__func__")
get_method_self = operator.attrgetter("__self__")
create_bound_method = types.MethodType


def iteritems(mapping, **kwargs):
    return iter(mapping.items(**kwargs))


def iterkeys(mapping, **kwargs):
    return iter(mapping.keys(**kwargs))


def itervalues(mapping, **kwargs):
    return iter(mapping.values(**kwargs))


viewitems = operator.methodcaller("items")
viewkeys = operator.methodcaller("keys")
viewvalues = operator.methodcaller("values")


def b(text):
    return text.encode("latin-1")


def u(text):
    return text


def ensure_binary(value, encoding="utf-8", errors="strict"):
    if isinstance(value, str):
        return value.encode(encoding, errors)
    if isinstance(value, bytes):
        return value
    raise TypeError("not expecting type '%s'" % type(value))


def ensure_text(value, encoding="utf-8", errors="strict"):
    if isinstance(value, bytes):
        return value.decode(encoding, errors)
    if isinstance(value, str):
        return value
    raise TypeError("not expecting type '%s'" % type(value))


ensure_str = ensure_text


def python_2_unicode_compatible(cls):
    return cls


def with_metaclass(meta, *bases):
    return types.new_class("with_metaclass_base", bases, {"metaclass": meta})


def add_metaclass(meta):
    def made_anew(cls):
        members = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
        return meta(cls.__name__, cls.__bases__, members)

    return made_anew


def reraise(kind, value=None, traceback=None):
    error = kind() if value is None else value
    raise error.with_traceback(traceback)


def raise_from(value, cause):
    raise value from cause
