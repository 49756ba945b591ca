"""The guide: what the program does, read beside it."""
