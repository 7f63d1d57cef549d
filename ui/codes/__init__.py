"""The codes at the right of the window: tree, notes, forms, and what is done to them."""
