"""Full-text search over every language of the exhibition."""
