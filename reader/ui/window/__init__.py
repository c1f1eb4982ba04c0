"""The window, its bars, panes, commands and cards."""
