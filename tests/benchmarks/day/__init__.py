"""A day at a full desk: starting, answering keys, never stalling, and what memory it takes."""
