"""Veille: the shared memory of a communication team."""
