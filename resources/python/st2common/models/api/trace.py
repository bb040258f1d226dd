"""What ties events and executions of one cause together."""


class TraceContext:
    """An existing trace by id, or a new one by tag."""

    def __init__(self, id_=None, trace_tag=None):
        if not id_ and not trace_tag:
            raise ValueError("a trace context needs an id or a tag")
        self.id_ = id_
        self.trace_tag = trace_tag

    def __str__(self):
        return "{id_: %s, trace_tag: %s}" % (self.id_, self.trace_tag)
