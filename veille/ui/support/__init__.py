"""What went wrong, and how does somebody who helps get to know of it?"""
