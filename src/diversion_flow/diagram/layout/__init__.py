"""Where each thing of a drawing stands."""
