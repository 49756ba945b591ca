"""What do I want to write?"""
