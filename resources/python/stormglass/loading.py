"""Finds the class of an action or a sensor in the file that a pack names."""

import importlib.util
import inspect
import os
import sys


def load_module(path):
    """The module of a file, under the file's own name unless that is taken. Its folder goes to the end of the import
    path, so that siblings can be imported but hide nothing."""
    folder = os.path.dirname(path)
    if folder not in sys.path:
        sys.path.append(folder)
    name = os.path.splitext(os.path.basename(path))[0]
    if name in sys.modules:
        name = "stormglass_loaded_" + name
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None:
        raise ImportError("%s is not a Python file" % path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def classes_of(module):
    """The classes that a module defines itself, by name."""
    members = inspect.getmembers(module, inspect.isclass)
    return [(name, cls) for name, cls in members if cls.__module__ == module.__name__]


def missing_methods(cls, required):
    return [name for name in required if not callable(getattr(cls, name, None))
            or name in getattr(cls, "__abstractmethods__", ())]


def find_class(module, required):
    """The first class, by name, that has all required methods; it need not inherit anything."""
    for _, cls in classes_of(module):
        missing = missing_methods(cls, required)
        if not missing:
            return cls
        print("%s is not taken: it lacks %s" % (cls.__name__, ", ".join(missing)), file=sys.stderr)
    return None
