"""What can be judged of the macOS application without a Mac."""

from __future__ import annotations

import base64
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from macos import bundle, information, signing
from reader.importers.registry import FORMATS


def test_info_plist_is_one_and_offers_every_kind_of_file_that_the_program_reads() -> None:
    written = plistlib.dumps(information.info("1.2.3"))

    told = plistlib.loads(written)

    offered = [suffix for kind in told["CFBundleDocumentTypes"] for suffix in kind["CFBundleTypeExtensions"]]
    assert sorted(offered) == sorted(suffix[1:] for suffixes in FORMATS.values() for suffix in suffixes)
    assert {kind["LSHandlerRank"] for kind in told["CFBundleDocumentTypes"]} == {"Alternate"}
    assert told["CFBundleShortVersionString"] == "1.2.3"
    assert told["CFBundleIdentifier"] == "org.studyreader.StudyReader"


def test_apple_has_three_numbers_for_a_version() -> None:
    assert [information.numbers(each) for each in ("0.1.0", "1.2rc3", "1.2.3.4", "x")] == ["0.1.0", "1.2", "1.2.3", "0"]


def test_the_entitlements_are_no_more_than_ctypes_needs() -> None:
    entitlements = plistlib.loads(signing.ENTITLEMENTS.read_bytes())

    assert entitlements == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore", True),
        ("PySide6/Qt/lib/QtDBus.framework/Versions/A/Resources/Info.plist", True),
        ("PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", False),
        ("PySide6/QtWidgets.abi3.so", True),
        ("PySide6/QtNetwork.abi3.so", False),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.dylib", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("QtGui", True),
        ("QtQml", False),
        ("libcrypto.3.dylib", False),
        ("libsqlite3.dylib", True),
        ("reader/_resources/fonts/Inter-Regular.ttf", True),
    ],
)
def test_only_what_is_used_of_qt_is_bundled(place: str, wanted: bool) -> None:
    assert bundle.is_wanted(place) is wanted


@pytest.mark.skipif(sys.platform == "darwin", reason="on a Mac it is built, and not refused")
def test_elsewhere_it_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(bundle.BundleError, match="made on a Mac"):
        bundle.build(tmp_path / "out", cache=tmp_path / "cache", parts=bundle.Parts(tmp_path, tmp_path))

    assert not list(tmp_path.iterdir())


def test_nothing_is_signed_or_notarised_without_all_keys() -> None:
    complete = dict.fromkeys(signing.SIGNING, "x")

    assert signing.given(signing.SIGNING, complete) == ("x", "x", "x")
    assert signing.given(signing.SIGNING, {**complete, "MACOS_IDENTITY": ""}) is None
    assert signing.given(signing.NOTARISING, complete) is None


def test_the_keychain_is_its_own_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in zip(signing.SIGNING, (base64.b64encode(b"p12").decode(), "password", "Me"), strict=True):
        monkeypatch.setenv(name, value)
    called: list[tuple[str, ...]] = []

    def run(command: tuple[str, ...], **_: object) -> subprocess.CompletedProcess[str]:
        called.append(command)
        return subprocess.CompletedProcess(command, 0, stdout='    "/me/login.keychain-db"\n')

    monkeypatch.setattr(subprocess, "run", run)
    with signing.keychain() as identity:
        assert identity == "Me"
        chain = called[1][-1]

    assert [command[1] for command in called] == [
        *("list-keychains", "create-keychain", "set-keychain-settings", "unlock-keychain", "import"),
        *("set-key-partition-list", "list-keychains", "list-keychains", "delete-keychain"),
    ]
    assert called[-2][-2:] == ("-s", "/me/login.keychain-db")
    assert called[-1][-1] == chain
    assert not Path(chain).parent.exists()
