"""Which words does the team mark things with, and how do they hang together?"""
