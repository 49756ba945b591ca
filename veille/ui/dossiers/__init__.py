"""What belongs together, and in which order is it read?"""
