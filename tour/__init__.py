"""The virtual exhibition of Coventry and Volgograd."""
