"""Why a replication could not be finished, in sentences for people."""


class ModelError(Exception):
    """The pathway cannot be turned into a model; the message is one sentence."""


class SimulationStopped(Exception):  # noqa: N818 - the name says what happened
    """The run met something it cannot go on from (a deadlock, an endless instant)."""


class Cancelled(Exception):  # noqa: N818 - a cancelled run is no error
    """The person asked to stop."""
