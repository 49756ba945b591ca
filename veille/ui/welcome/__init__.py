"""What does a newcomer meet? Three short steps, what she brings along, the demo memory."""
