"""Veille: the shared memory of a communication team."""

__version__ = "0.9.0"
