"""Coding that is passed on without the texts it is about, and how it finds its place on another copy of them."""
