"""How do bytes come from the web, with manners and limits?"""
