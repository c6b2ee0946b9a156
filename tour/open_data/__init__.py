"""The exhibition in open formats: GeoJSON, GPX, KML, JSON-LD, IIIF, citations."""
