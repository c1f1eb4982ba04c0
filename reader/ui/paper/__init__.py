"""An article on paper: its pages measured, filled, previewed, printed and written as PDF."""
