"""Coding passed on: without its texts, onto other copies of them, and as a package for a repository."""
