"""With whom do I share?"""
