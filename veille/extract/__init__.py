"""What, in these bytes, is the article?"""
