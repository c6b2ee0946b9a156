"""Images: opened safely, resized, cached as derivatives; social cards."""
