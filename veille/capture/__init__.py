"""Through which doors does a page come in?"""
