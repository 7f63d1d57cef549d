"""Rules on screen: what a highlight says of itself, what is broken, and the questions about whole articles."""
