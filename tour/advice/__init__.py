"""What an editor would ask for; it stops nothing."""
