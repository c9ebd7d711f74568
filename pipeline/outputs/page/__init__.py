"""The page of a list: template, style and script stand beside the code that fills them in."""
