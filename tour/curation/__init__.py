"""The toolbox of curators: nothing in it runs for a visitor."""
