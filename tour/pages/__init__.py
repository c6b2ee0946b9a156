"""Pages as HTML, whoever sends them."""
