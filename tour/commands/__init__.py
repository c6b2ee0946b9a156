"""The curator's commands, one a module; `__main__` gathers them."""
