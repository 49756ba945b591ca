"""What is new in this feed?"""
