"""Pictures of a list: what they show, drawn, in words, and in numbers."""
