"""What are the words of the trade, and what is always true of them?"""
