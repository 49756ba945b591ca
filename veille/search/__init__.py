"""How do words find documents?"""
