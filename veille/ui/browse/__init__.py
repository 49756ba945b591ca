"""Which things are there?"""
