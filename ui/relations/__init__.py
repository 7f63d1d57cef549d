"""Relations between marks: shown in the text, listed, made and typed."""
