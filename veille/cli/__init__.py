"""The same desk, for scripts and support."""
