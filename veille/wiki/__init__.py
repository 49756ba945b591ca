"""What does this Markdown say, and what does it link to?"""
