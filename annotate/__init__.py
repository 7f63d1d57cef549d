"""What coding a text is: values, texts, taxonomies, readers and writers. No Qt, no SQL."""
