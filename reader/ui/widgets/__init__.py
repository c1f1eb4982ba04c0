"""Controls that more than one room uses."""
