"""The taxonomy workbench: a view of the window in which a codebook is read and written."""
