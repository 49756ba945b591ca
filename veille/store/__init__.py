"""What does the app look up?"""
