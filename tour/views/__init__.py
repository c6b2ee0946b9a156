"""Pages as HTML fragments and documents, whoever sends them."""
