"""Agreement in the window: coders compared, and a figure's passages side by side."""
