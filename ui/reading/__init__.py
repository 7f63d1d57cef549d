"""The reading view: one article, its marks, and the hand that makes them. Knows nothing of storage."""
