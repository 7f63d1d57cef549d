"""Crosswalks between taxonomies on screen."""
