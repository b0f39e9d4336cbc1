"""Definitions and variants as files: read within limits, written whole."""
