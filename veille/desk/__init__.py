"""What can a person ask Veille to do?"""
