"""How is a fact written down?"""
