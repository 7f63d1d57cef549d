"""The project file: schema, steps and undo, search, backup. No Qt."""
