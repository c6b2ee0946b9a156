"""The curator's commands, one a module; tour/__main__.py gathers them."""
