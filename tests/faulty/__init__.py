"""Faulty exhibitions as curators make them: each a thing done to a sound one, and what they are told, word for word."""
