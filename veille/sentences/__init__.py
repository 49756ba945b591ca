"""How does Veille speak to people?"""
