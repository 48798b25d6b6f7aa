"""Where shipped files are: inside the wheel, or beside the package in a checkout or editable install."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def schemas() -> Path:
    """The folder of data contracts (`schemas/`)."""
    shipped = PACKAGE / "_schemas"
    # force-include is not applied to editable installs: there the checkout's own folder serves
    return shipped if shipped.is_dir() else PACKAGE.parent / "schemas"


def data() -> Path:
    """The folder of compiled lists (`auditor/data/`)."""
    return PACKAGE / "data"
