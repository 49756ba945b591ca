"""What does Veille look like? Colours, measures and states, in one place and nowhere else."""
