"""What must hold of the content before it is published."""
