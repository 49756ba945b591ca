"""Which shapes are drawn, whatever they show?"""
