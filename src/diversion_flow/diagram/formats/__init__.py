"""How a drawing is spelt: one file for each format."""
