"""How does Whoosh answer as fast as an engine in C?"""
