"""What a drawing shows: which parts, in which order, with which words."""
