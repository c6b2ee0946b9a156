"""Whether the links that lead out still lead somewhere; only a curator's command sends requests."""
