"""Warnings to curators: they stop nothing."""
