"""Images: opened safely, resized, cached as derivatives; share cards for social media."""
