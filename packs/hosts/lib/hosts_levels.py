"""When a measurement is a warning or critical, and when something seen counts. Pure."""

OK, WARNING, CRITICAL = "ok", "warning", "critical"
ORDER = [OK, WARNING, CRITICAL]


def level_of(value, thresholds, before=OK):
    """The level of a value. It rises at once; it falls only once the value is below by the hysteresis, so that one that
    hovers does not raise event after event."""
    rising = _level(value, thresholds, 0)
    falling = _level(value, thresholds, thresholds["hysteresis"])
    if ORDER.index(rising) >= ORDER.index(before):
        return rising
    return min(before, falling, key=ORDER.index) if ORDER.index(falling) < ORDER.index(before) else before


def _level(value, thresholds, margin):
    for level in (CRITICAL, WARNING):
        if value >= thresholds[level] - margin:
            return level
    return OK


class Watched:
    """What is known of one thing: the state that counts, and one that has not been seen often enough yet."""

    def __init__(self, state=None):
        self.state = state
        self._candidate = None
        self._seen = 0

    def see(self, state, confirm):
        """The state before, as a tuple of one, if this look makes it another; else None."""
        if state == self.state:
            self._candidate = None
            return None
        self._seen = self._seen + 1 if state == self._candidate else 1
        self._candidate = state
        if self._seen < confirm:
            return None
        before, self.state = self.state, state
        self._candidate = None
        return (before,)


class Memory:
    """The states of all things that are watched, by a name of each. It is kept over restarts as text."""

    def __init__(self, states=None):
        self._watched = {name: Watched(state) for name, state in (states or {}).items()}

    def state(self, name):
        return self._watched[name].state if name in self._watched else None

    def see(self, name, state, confirm=1, usual=None):
        """Like Watched.see; something new in its usual state is nothing to tell."""
        watched = self._watched.setdefault(name, Watched())
        is_new = watched.state is None
        change = watched.see(state, confirm)
        return None if change and is_new and state == usual else change

    def keep_only(self, names):
        """What is not watched any more is forgotten."""
        self._watched = {name: watched for name, watched in self._watched.items() if name in names}

    def states(self):
        return {name: watched.state for name, watched in sorted(self._watched.items()) if watched.state is not None}
