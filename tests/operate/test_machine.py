"""What ``make`` asks of the machine, on a make-believe ``PATH`` whose apt-get installs make-believe programs."""

import fcntl
import shutil
import socket
from pathlib import Path

import pytest

from hipcare.operate import machine
from tests.server import free_port


def program(folder, name, lines="exit 0"):
    """Put a shell script called ``name`` on the path that is ``folder``."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """Give a Linux machine with nothing on its path but ``env``; return the path's one folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "env").symlink_to(shutil.which("env"))
    (folder / "touch").symlink_to(shutil.which("touch"))
    (folder / "chmod").symlink_to(shutil.which("chmod"))
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(machine, "MAC", False)
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    return folder


def brings(folder, name):
    """Return what an apt-get does that installs ``name``, and notes what it was asked."""
    return (
        f'echo "$@" >> {folder}/asked\ncase "$*" in *install*) touch {folder}/{name}; chmod +x {folder}/{name};; esac'
    )


def test_what_is_there_is_not_installed(bare):
    program(bare, "pdftotext")
    program(bare, "apt-get", f"touch {bare}/asked")
    machine.ensure("poppler")
    assert not (bare / "asked").exists()


def test_root_installs_what_is_missing(bare, monkeypatch, capsys):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    program(bare, "apt-get", brings(bare, "pdftotext"))
    machine.ensure("poppler")
    assert "install -y --no-install-recommends poppler-utils" in (bare / "asked").read_text()
    assert "poppler: apt-get install -y poppler-utils" in capsys.readouterr().out


def test_a_sudo_that_asks_no_password_installs(bare):
    program(bare, "sudo", 'shift\nexec "$@"')
    program(bare, "true")
    program(bare, "apt-get", brings(bare, "pdftotext"))
    machine.ensure("poppler")
    assert "poppler-utils" in (bare / "asked").read_text()


def test_a_sudo_that_would_ask_is_left_alone_and_the_one_command_said(bare):
    program(bare, "sudo", "exit 1")
    program(bare, "apt-get", f"touch {bare}/asked")
    with pytest.raises(SystemExit, match=r"(?s)poppler is missing.*\n    sudo apt-get install -y poppler-utils$"):
        machine.ensure("poppler")
    assert not (bare / "asked").exists()


def test_without_sudo_the_one_command_is_said(bare):
    program(bare, "apt-get")
    with pytest.raises(SystemExit, match="sudo apt-get install -y poppler-utils"):
        machine.ensure("poppler")


def test_another_distribution_is_told_what_debian_calls_it(bare):
    with pytest.raises(SystemExit, match=r"package manager \(Debian calls it poppler-utils\)"):
        machine.ensure("poppler")


def test_a_mac_is_told_what_to_type(bare, monkeypatch):
    monkeypatch.setattr(machine, "MAC", True)
    with pytest.raises(SystemExit, match="brew install poppler"):
        machine.ensure("poppler")


def test_an_install_that_fails_names_the_command_and_the_reason(bare, monkeypatch, capsys):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    program(bare, "apt-get", "echo 'E: You do not have it.' >&2; exit 100")
    with pytest.raises(
        SystemExit, match=r"(?s)poppler could not be .*says why above.*\n    apt-get install -y poppler"
    ):
        machine.ensure("poppler")
    assert "E: You do not have it." in capsys.readouterr().out


def test_a_list_of_packages_that_cannot_be_fetched_is_the_network(bare, monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    update = "*update*) echo 'W: Failed to fetch http://nowhere.invalid/InRelease' >&2;;"
    install = "*) echo 'E: Unable to locate package poppler-utils' >&2; exit 100;;"
    program(bare, "apt-get", f'case "$*" in {update} {install} esac')
    with pytest.raises(SystemExit, match="Is there a network"):
        machine.ensure("poppler")


def test_an_install_that_brought_nothing_is_said(bare, monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    program(bare, "apt-get")
    with pytest.raises(SystemExit, match="still missing after installing poppler-utils"):
        machine.ensure("poppler")


def test_this_machine_has_what_the_tests_need():
    assert all(need.is_there() for need in machine.NEEDS.values())


def test_browsers_are_looked_for_by_their_programs(bare):
    assert not machine.has_firefox()
    assert not machine.has_webkit()
    for name in ("firefox-esr", "WebKitWebDriver", "xvfb-run"):
        program(bare, name)
    assert machine.has_firefox()
    assert machine.has_webkit()


def test_libraries_are_looked_for(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "MAC", False)
    assert machine.has_library("pango-1.0.0")
    assert not machine.has_library("no-such-library.7")
    monkeypatch.setattr(machine, "MAC", True)
    monkeypatch.setattr(machine, "MAC_LIBRARIES", (tmp_path,))
    assert not machine.has_library("pango-1.0.0")
    (tmp_path / "libpango-1.0.0.dylib").touch()
    assert machine.has_library("pango-1.0.0")


def test_postgres_on_the_path_comes_first(bare):
    program(bare, "initdb")
    program(bare, "postgres")
    assert machine.postgres_programs() == bare.resolve()


@pytest.mark.parametrize("port", ["0", "65536", "eight", "-1", "8000.5", ""])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(SystemExit, match="is not a port"):
        machine.ensure_port(port)


def test_a_port_in_use_names_the_cure():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with pytest.raises(SystemExit, match=r"is in use. Stop what uses it, or choose another: make run PORT=8000"):
            machine.ensure_port(str(listener.getsockname()[1]))


def test_var_is_put_aside(tmp_path, capsys):
    var = tmp_path / "var"
    machine.put_var_aside(var)  # nothing there, nothing said
    assert capsys.readouterr().out == ""
    var.mkdir()
    (var / "server.lock").touch()  # as a server that is gone leaves it

    machine.put_var_aside(var)

    (old,) = tmp_path.glob("var.old-*")
    assert not var.exists()
    assert (old / "server.lock").exists()
    assert f"is now {old}/" in capsys.readouterr().out


def test_var_stays_while_a_server_works_in_it(tmp_path):
    lock = tmp_path / "server.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        with pytest.raises(SystemExit, match=r"A server is running on .*Ctrl-C"):
            machine.put_var_aside(tmp_path)
    assert lock.exists()


def test_packages_are_installed_once_and_again_when_the_file_changes(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "with a space"
    folder.mkdir()
    (folder / "requirements.txt").write_text("# nothing yet\n")
    monkeypatch.setattr(machine, "ROOT", folder)
    monkeypatch.chdir(folder)
    machine.main(["run", "--port", str(free_port())])
    assert "0 packages from requirements.txt (once)" in capsys.readouterr().out
    machine.main(["run", "--port", str(free_port())])
    assert capsys.readouterr().out == ""
    Path("requirements.txt").write_text("this is no requirement\n")
    with pytest.raises(SystemExit, match=r"The lock file cannot be read: 'this is no requirement'"):
        machine.main(["run"])
    assert "Invalid requirement" in capsys.readouterr().out
    Path(".venv/bin/python").unlink()
    program(Path(".venv/bin"), "python", "exit 1")
    with pytest.raises(SystemExit, match=r"rm -r \.venv"):
        machine.main(["run"])


def test_pip_is_shown_in_short():
    chatter = [*(f"Collecting p{n}\n" for n in range(21)), "Using cached\n", "Installing collected packages: p0\n"]
    said = []
    assert list(machine._milestones(chatter, said)) == ["    10 found", "    20 found", "    installing"]
    assert said == chatter
