"""Nothing is patched here: child processes have real threads."""

__all__ = ["monkey_patch", "use_select_poll_workaround"]


def monkey_patch(*args, **kwargs):
    pass


def use_select_poll_workaround(*args, **kwargs):
    pass
