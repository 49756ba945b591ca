"""Which words of a text are somebody's, and whose?"""
