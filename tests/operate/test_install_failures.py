"""What a failed installation is said to be: real pips that really fail, and what pip and apt-get printed elsewhere."""

import pytest

from hipcare.operate.install_failures import apt_failure, pip_failure
from tests import standins
from tests.server import free_port

WRONG = "0" * 64
PIPS = pytest.mark.parametrize("wanted", standins.PIPS, ids=lambda path: path.stem)
QUICKLY = ("--retries", "1", "--timeout", "2")


@pytest.fixture
def fails(wanted, bring_pip, tmp_path):
    """Return a function that says why a pip could not install ``requirements``."""

    def why(requirements, *options):
        done = standins.install(bring_pip(wanted), requirements, tmp_path, "--target", tmp_path / "there", *options)
        assert done.returncode, done.stdout
        return pip_failure(done.stdout)

    return why


@PIPS
def test_a_wrong_hash_is_said_and_not_the_network(fails, tmp_path):
    standins.wheel(tmp_path, "segno", "1.6.6")
    why = fails(f"segno==1.6.6 --hash=sha256:{WRONG}\n", "--find-links", tmp_path)
    assert "segno==1.6.6 is not the package that HipCare was made with: its hash differs" in why
    assert "network" not in why


@PIPS
def test_a_version_that_is_not_there_is_said_and_not_the_network(fails, tmp_path):
    standins.wheel(tmp_path, "segno", "1.6.5")
    why = fails(f"segno==1.6.6 --hash=sha256:{WRONG}\n", "--find-links", tmp_path)
    assert "The package index that pip asks does not have segno==1.6.6." in why
    assert "network" not in why


@PIPS
def test_a_package_that_nobody_offers_is_said_and_not_the_network(fails):
    why = fails(f"segno==1.6.6 --hash=sha256:{WRONG}\n")
    assert "pip was offered no segno at all for Python 3." in why
    assert "network" not in why


@PIPS
def test_what_the_lock_does_not_pin_is_said_and_not_the_network(fails, tmp_path):
    first = standins.wheel(tmp_path, "outer", "1.0", "Requires-Dist: inner>=1")
    standins.wheel(tmp_path, "inner", "2.0")
    why = fails(f"outer==1.0 --hash=sha256:{first}\n", "--find-links", tmp_path)
    assert "The lock file does not name inner>=1, which another package asks for: a mistake" in why
    assert "network" not in why


@PIPS
def test_an_unfit_python_is_said_and_not_the_network(fails, tmp_path):
    first = standins.wheel(tmp_path, "outer", "1.0", "Requires-Python: >=3.40")
    why = fails(f"outer==1.0 --hash=sha256:{first}\n", "--find-links", tmp_path)
    assert "outer does not run on Python 3." in why
    assert "it needs >=3.40." in why
    assert "network" not in why


@PIPS
def test_a_proxy_that_does_not_answer_is_the_network(fails):
    proxy, index = f"http://127.0.0.1:{free_port()}", "https://nowhere.invalid/simple"
    why = fails(f"segno==1.6.6 --hash=sha256:{WRONG}\n", "--index-url", index, "--proxy", proxy, *QUICKLY)
    assert "The package index cannot be reached, or broke off. Is there a network" in why


@PIPS
def test_a_name_that_nobody_resolves_is_the_network(fails):
    why = fails(f"segno==1.6.6 --hash=sha256:{WRONG}\n", "--index-url", "https://nowhere.invalid/simple", *QUICKLY)
    assert "The package index cannot be reached, or broke off. Is there a network" in why


@PIPS
def test_what_cannot_be_built_is_said_and_not_the_network(fails, tmp_path):
    first = standins.source_that_does_not_build(tmp_path, "outer")
    why = fails(f"outer==1.0 --hash=sha256:{first}\n", "--find-links", tmp_path)
    assert "outer could not be built. There is no ready-made package of it for Python 3." in why
    assert "network" not in why


@PIPS
def test_a_lock_that_cannot_be_read_is_said(fails):
    assert "The lock file cannot be read: 'this is no requirement'" in fails("this is no requirement\n")


ONCE_BROKEN = (
    "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken "
    "by 'NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused')': /simple/segno/\n"
)
CUT_SHORT = """\
  WARNING: Connection interrupted while downloading.
error: incomplete-download

× Download failed after 6 attempts because not enough bytes were received (50 bytes/50 kB)
╰─> URL: http://127.0.0.1:8799/c/newpy-1.0-py3-none-any.whl

note: This is an issue with network connectivity, not pip.
"""
BUSY_INDEX = (
    "ERROR: Could not install packages due to an OSError: HTTPConnectionPool(host='127.0.0.1', port=8799): Max retries "
    "exceeded with url: /down/newpy.whl (Caused by ResponseError('too many 503 error responses'))\n"
)
TOO_SLOW = (
    "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='::1', port=443): Read timed out.\n"
)
FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
MISSING = (
    "ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: 2.4.5)\n"
    "ERROR: No matching distribution found for numpy==2.4.6\n"
)


@pytest.mark.parametrize("output", [CUT_SHORT, BUSY_INDEX, TOO_SLOW])
def test_a_connection_that_breaks_off_is_the_network(output):
    assert "Is there a network" in pip_failure(output)


def test_a_full_disk_is_said():
    assert "The disk is full. Make room" in pip_failure(FULL)


@pytest.mark.parametrize("output", [FULL, MISSING, "ERROR: Failed building wheel for x\nFailed to build x\n"])
def test_a_connection_that_was_made_again_is_not_blamed(output):
    assert "network" not in pip_failure(ONCE_BROKEN + output)


def test_what_is_not_known_is_left_to_pip():
    assert pip_failure("ERROR: something new\n") == (
        "The packages could not be installed. pip says why above. Then start again: what is there is kept."
    )


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("E: Unable to locate package poppler-utils\n", "apt-get's sources have no such package."),
        (
            (
                "E: Failed to fetch http://127.0.0.1/x.deb  Could not connect to 127.0.0.1:9 (127.0.0.1). - connect "
                "(111: Connection refused)\nE: Some files failed to download\n"
            ),
            "apt-get cannot reach its sources, see above. Is there a network?",
        ),
        (
            (
                "W: Failed to fetch http://nowhere.invalid/InRelease  Temporary failure resolving 'nowhere.invalid'\n"
                "E: Unable to locate package poppler-utils\n"
            ),
            "apt-get cannot reach its sources, see above. Is there a network?",
        ),
        (
            "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?\n",
            "Another program is installing packages. Wait for it, then try it yourself",
        ),
        ("E: You don't have enough free space in /var/cache/apt/archives/.\n", "The disk is full. Make room"),
        (
            "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.\n",
            "Type `dpkg --configure -a`, then try it yourself",
        ),
        ("E: Unable to correct problems, you have held broken packages.\n", "do not fit together"),
        ("E: something new\n", "apt-get says why above. See to it, then try it yourself"),
    ],
)
def test_apt_says_why_and_only_the_network_is_the_network(output, why):
    said = apt_failure(output)
    assert why in said
    assert ("network" in said) == ("fetch" in output)
