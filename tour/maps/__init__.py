"""Where stops lie: the live map, still ones, and ways between."""
