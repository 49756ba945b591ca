"""The same desk, in a process of its own, for heavy work."""
