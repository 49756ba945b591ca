"""Which words stand for one idea, and how do ideas hang together?"""
