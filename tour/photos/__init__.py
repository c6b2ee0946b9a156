"""Photographs from Wikimedia Commons, fetched for a curator with their credit and licence."""
