"""Invalid exhibitions as curators make them: each a change of a valid one, and its error report, word for word."""
