"""What does this one say?"""
