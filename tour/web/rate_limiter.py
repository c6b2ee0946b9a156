"""How often somebody may ask: whoever asks more often waits their turn."""


class RateLimiter:
    """So many turns a second in the long run, and so many `at_once` after a rest."""

    def __init__(self, rate: float, at_once: int):
        self.between = 1 / rate
        self.lead = at_once / rate
        self.next = float("-inf")

    def wait(self, now: float) -> float:
        """Takes the next turn; the seconds until it comes."""
        self.next = max(self.next, now - self.lead) + self.between
        return max(0.0, self.next - now)

    def is_rested(self, now: float) -> bool:
        """Whether nothing is left of what was asked: a new one would say the same."""
        return self.next <= now - self.lead
