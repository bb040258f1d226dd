"""Where old packs look for the base class of actions."""

from st2common.runners.base_action import Action  # noqa: F401
