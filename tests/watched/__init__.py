"""Pages without a feed, over time: what is followed on each, and what deserves an alert."""
