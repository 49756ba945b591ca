"""What happened while I was away?"""
