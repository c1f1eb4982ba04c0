"""What the three formats for Linux share."""
