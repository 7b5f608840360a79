"""Practising step by step in a terminal."""
