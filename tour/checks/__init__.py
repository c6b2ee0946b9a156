"""What must hold of the content, or it isn't shown."""
