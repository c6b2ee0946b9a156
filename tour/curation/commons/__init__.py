"""Photographs from Wikimedia Commons, downloaded for a curator with their credit and licence."""
