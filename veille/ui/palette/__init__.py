"""What does somebody who types a few letters want to do, or to go to?"""
