"""The world's errors, apart from our bugs."""


class UserError(Exception):
    """One sentence the user can act on. Shown as it is; anything else is a bug and shows its trace."""


class PasswordNeeded(UserError):  # noqa: N818
    """A file is encrypted, and no password was given that opens it."""


def own_mistake(error: Exception) -> str:
    """The sentence for an error that should not have come up."""
    return (
        f"Postil made a mistake of its own ({type(error).__name__}: {' '.join(str(error).split())}); "
        "with POSTIL_TRACE=1 set, the same command shows where."
    )
