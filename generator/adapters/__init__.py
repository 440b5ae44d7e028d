"""Dreamed levels in other people's engines and editors; each module is imported when it is asked for."""
