"""The world's errors, apart from our bugs."""


class UserError(Exception):
    """One sentence the user can act on. Shown as it is; anything else is a bug and shows its trace."""
