"""The modules that pack code imports, standing on the engine's API. Not StackStorm's own code."""

__version__ = "3.10.0"
