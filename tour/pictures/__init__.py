"""Masters, their derivatives, drawings and share cards."""
