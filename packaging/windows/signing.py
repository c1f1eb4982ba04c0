"""The signature of what a person starts on Windows, by osslsigncode, where the environment has a certificate.

``WINDOWS_CERTIFICATE``            a certificate for code with its key: a .pfx file in base64
``WINDOWS_CERTIFICATE_PASSWORD``   the password of that file
``WINDOWS_TIMESTAMPS``             the address of who says when it was signed, so that it outlasts the certificate

Without a signature Windows asks a person, at the first start of the installer, whether they trust it.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

SIGNER = "osslsigncode"
CERTIFICATE, PASSWORD, TIMESTAMPS = "WINDOWS_CERTIFICATE", "WINDOWS_CERTIFICATE_PASSWORD", "WINDOWS_TIMESTAMPS"


class SigningError(Exception):
    """There is a certificate, and the signature failed, or there is nothing to sign with."""


def wakes(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether there is a certificate."""
    return bool(environment.get(CERTIFICATE) and environment.get(PASSWORD))


def sign(file: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Sign a program in its place, where there is a certificate.

    Raises:
        SigningError: it could not be signed.
    """
    if not wakes(environment):
        return
    if shutil.which(SIGNER) is None:
        raise SigningError(f"There is a certificate, and no {SIGNER} to sign with.")
    when = ("-ts", environment[TIMESTAMPS]) if environment.get(TIMESTAMPS) else ()
    with TemporaryDirectory() as scratch:
        certificate, password, signed = (Path(scratch, name) for name in ("certificate.pfx", "password", "signed"))
        for secret in (certificate, password):
            secret.touch(mode=0o600)
        certificate.write_bytes(base64.b64decode(environment[CERTIFICATE]))
        password.write_text(environment[PASSWORD])
        who = ("-pkcs12", str(certificate), "-readpass", str(password), "-n", "Study Reader", "-h", "sha256")
        words = (SIGNER, "sign", *who, *when, "-in", str(file), "-out", str(signed))
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            raise SigningError(f"{file.name} could not be signed: {done.stdout[-500:]}{done.stderr[-500:]}")
        shutil.copyfile(signed, file)


if __name__ == "__main__":  # NSIS calls it for the uninstaller, which is inside the installer
    sign(Path(sys.argv[1]))
