"""Changes of a process as values: one edit, and many under a name."""
