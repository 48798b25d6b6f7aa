"""The wheel carries its data and runs where no checkout is."""

import subprocess
import sys
import zipfile

import pytest

from tests.regenerate import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The built wheel, unpacked into an empty folder."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed, tmp_path, *arguments):
    # -I would hide site-packages too: only the checkout must be out of reach
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(installed)!r}); "
         "from auditor.cli import main; main()", *arguments],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip


def test_the_wheel_finds_its_schemas_and_data(installed, tmp_path):
    assert (installed / "auditor" / "_schemas" / "report.v1.schema.json").is_file()
    assert run(installed, tmp_path, "rules").stdout.count("\n") >= 30
    assert "hubspot" in run(installed, tmp_path, "sources").stdout.lower()


def test_the_wheel_audits_a_list(installed, tmp_path):
    (tmp_path / "list.csv").write_bytes((ROOT / "sample_lists" / "mailchimp-double-optin.csv").read_bytes())
    done = run(installed, tmp_path, "check", "list.csv", "--as-of", "2026-11-01")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "list.audit" / "report.html").is_file()
    assert run(installed, tmp_path, "verify", "list.audit").returncode == 0
