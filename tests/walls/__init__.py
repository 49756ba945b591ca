"""Pages written by hand to measure verdicts: what stands before an article, or in its place."""
