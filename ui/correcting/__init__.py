"""Texts corrected on screen: one by hand, many by find and replace, and the highlights that this concerns."""
