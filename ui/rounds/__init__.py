"""Rounds: planned batches of articles, seen, planned and taken back."""
