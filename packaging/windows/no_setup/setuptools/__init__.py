"""Stands where pip looks for the program that runs a source package's setup.py. See ``build_meta``."""
