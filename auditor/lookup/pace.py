"""How fast one resolver is asked: a polite rate that falls when the resolver struggles."""

# judged every so many answers: more than a quarter bad halves the rate, less than a tenth raises it again
SAMPLE = 64
BAD, GOOD = 0.25, 0.10
SLOWEST = 20.0


class Pace:
    """Start times for questions to one resolver, in seconds of the caller's clock; keeps no clock itself."""

    def __init__(self, rate: float) -> None:
        self.ceiling = float(rate)
        self.rate = float(rate)
        self.next = 0.0
        self.seen = 0
        self.bad = 0

    @property
    def struggling(self) -> bool:
        """Slowed down to a quarter or less."""
        return self.rate <= self.ceiling / 4

    def book(self, now: float) -> float:
        """When the next question may leave; a tenth of a second of unused time may be caught up."""
        start = max(self.next, now - 0.1)
        self.next = start + 1 / self.rate
        return max(start, now)

    def note(self, good: bool) -> None:
        """Counts one outcome: SERVFAIL, REFUSED and silence are bad, any definite answer is good."""
        self.seen += 1
        self.bad += not good
        if self.seen < SAMPLE:
            return
        share = self.bad / self.seen
        if share > BAD:
            self.rate = max(min(SLOWEST, self.ceiling), self.rate / 2)
        elif share < GOOD:
            self.rate = min(self.ceiling, self.rate * 1.5)
        self.seen = self.bad = 0
