"""Words found in every language, however they are spelt."""
