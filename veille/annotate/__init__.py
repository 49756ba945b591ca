"""Where, in this text, is this quote?"""
