"""How are the sources that are followed, and what can be done about it?"""
