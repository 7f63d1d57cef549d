"""An article's PDF as pages, with the same marks and the same selection as its text."""
