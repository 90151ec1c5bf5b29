"""The moving drawing: many pictures in one file, whatever stays still drawn once."""
