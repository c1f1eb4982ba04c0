"""Apple's signature and stamp. They wake up where the environment has the keys, and say so where it has not.

``MACOS_CERTIFICATE``            a “Developer ID Application” certificate with its key: a .p12 file in base64
``MACOS_CERTIFICATE_PASSWORD``   the password of that file
``MACOS_IDENTITY``               its name: “Developer ID Application: NAME (TEAM)”
``NOTARY_KEY``                   a key of App Store Connect: the text of a .p8 file
``NOTARY_KEY_ID``, ``NOTARY_ISSUER``   its number, and who gave it out

The first three sign; with the other three the disk image is shown to Apple as well, and opens without a question.
"""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ENTITLEMENTS = Path(__file__).resolve().parent / "entitlements.plist"
SIGNING = ("MACOS_CERTIFICATE", "MACOS_CERTIFICATE_PASSWORD", "MACOS_IDENTITY")
NOTARISING = ("NOTARY_KEY", "NOTARY_KEY_ID", "NOTARY_ISSUER")
LOCK_SECONDS = 6 * 3600


def given(names: Sequence[str], environment: Mapping[str, str] = os.environ) -> tuple[str, ...] | None:
    """Return the values of variables, or None where any is missing or empty."""
    values = tuple(environment.get(name, "") for name in names)
    return values if all(values) else None


@contextmanager
def keychain() -> Iterator[str | None]:
    """Yield the identity to sign with, in a keychain of its own that is gone at the end; None without one."""
    values = given(SIGNING)
    if values is None:
        print(f"not signed: {', '.join(SIGNING)} are not all there", file=sys.stderr)
        yield None
        return
    certificate, password, identity = values
    before = subprocess.run(
        ("security", "list-keychains", "-d", "user"), check=True, capture_output=True, text=True
    ).stdout
    known = [line.strip().strip('"') for line in before.splitlines() if line.strip()]
    with TemporaryDirectory() as scratch:
        place, file = Path(scratch, "signing.keychain-db"), Path(scratch, "certificate.p12")
        file.touch(mode=0o600)
        file.write_bytes(base64.b64decode(certificate))
        try:
            for command in opening(place, file, password, secrets.token_hex(16), known):
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            file.unlink()
            yield identity
        finally:
            subprocess.run(("security", "list-keychains", "-d", "user", "-s", *known), check=False)
            subprocess.run(("security", "delete-keychain", str(place)), check=False)


def opening(
    place: Path, certificate: Path, password: str, own: str, known: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """Return the commands that make a keychain with one certificate which codesign may use unasked."""
    chain = str(place)
    return (
        ("security", "create-keychain", "-p", own, chain),
        ("security", "set-keychain-settings", "-lut", str(LOCK_SECONDS), chain),
        ("security", "unlock-keychain", "-p", own, chain),
        ("security", "import", str(certificate), "-P", password, "-k", chain, "-T", "/usr/bin/codesign"),
        ("security", "set-key-partition-list", "-S", "apple-tool:,apple:,codesign:", "-s", "-k", own, chain),
        ("security", "list-keychains", "-d", "user", "-s", chain, *known),
    )


def sign(file: Path, identity: str) -> None:
    """Sign a disk image; what is in it was signed when it was made."""
    subprocess.run(("codesign", "--force", "--timestamp", "--sign", identity, str(file)), check=True)


def notarise(file: Path) -> None:
    """Show a signed disk image to Apple, wait for the answer, and fix the stamp to it."""
    values = given(NOTARISING)
    if values is None:
        print(f"not notarised: {', '.join(NOTARISING)} are not all there", file=sys.stderr)
        return
    key, number, issuer = values
    with TemporaryDirectory() as scratch:
        place = Path(scratch, "key.p8")
        place.touch(mode=0o600)
        place.write_text(key)
        who = ("--key", str(place), "--key-id", number, "--issuer", issuer)
        subprocess.run(("xcrun", "notarytool", "submit", str(file), *who, "--wait", "--timeout", "1h"), check=True)
    subprocess.run(("xcrun", "stapler", "staple", str(file)), check=True)
    assess = ("spctl", "--assess", "--type", "open", "--context", "context:primary-signature", "--verbose", str(file))
    subprocess.run(assess, check=True)
