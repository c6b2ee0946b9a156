"""The exhibition as open data and citations."""
