"""公约 gongyue: a self-discipline covenant as a running institution that proves it keeps its own rules."""

__version__ = "0.1.0"
