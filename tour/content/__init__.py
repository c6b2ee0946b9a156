"""Plain files in, an exhibition or its problems out."""
