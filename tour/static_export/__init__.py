"""The exhibition as a folder of plain files."""
