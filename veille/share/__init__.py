"""What do others know that we do not?"""
