"""What was said of something, and how do its sources tell it?"""
