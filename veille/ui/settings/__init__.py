"""What has a person chosen, and what does each choice do?"""
