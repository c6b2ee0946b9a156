"""Where stops lie: the live map, static maps, and distances on foot."""
