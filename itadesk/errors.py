"""The one kind of error a user is meant to see; every other exception is a bug."""


class UserError(Exception):
    """Something expected went wrong. `message` says what, `advice` what to do next; both are translated."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
