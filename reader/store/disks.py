"""What kind of disk a folder lies on: on one that is shared over a network, SQLite's write-ahead log is not safe."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
REMOTE = re.compile(
    r"9p|afpfs|afs|ceph|cifs|coda|davfs|glusterfs|lustre|ncpfs|nfs4?|smb2|smb3|smbfs|vboxsf|virtiofs|webdav"
    r"|fuse\.(ceph|davfs2|glusterfs|gvfsd-fuse|rclone|s3fs|smbnetfs|sshfs)"
)
"""Kinds of file systems whose files several computers, or a computer and a virtual one, may write."""
_VOLUMES = ("/Volumes/", "/Network/", "/net/")
_OCTAL = re.compile(r"\\([0-7]{3})")
_LISTED = re.compile(r" on (/.*) \((\w+)")


def is_remote(folder: Path) -> bool:
    """Say whether a folder lies on a disk that other computers may share; False where nobody can say."""
    real = os.path.realpath(folder)
    if os.name == "nt":
        return real.startswith("\\\\")  # a letter of a share is resolved to it
    if sys.platform == "darwin":
        return real.startswith(_VOLUMES) and bool(REMOTE.fullmatch(_kind(real, _listed_mounts())))
    try:
        listed = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return bool(REMOTE.fullmatch(_kind(real, _mounts(listed))))


def _kind(path: str, mounts: list[tuple[str, str]]) -> str:
    """Return the kind of the file system that is mounted nearest above a path; the last of several counts."""
    here = path.rstrip("/") + "/"
    kind, length = "", 0
    for point, each in mounts:
        if len(point) >= length and here.startswith(point.rstrip("/") + "/"):
            kind, length = each, len(point)
    return kind


def _mounts(text: str) -> list[tuple[str, str]]:
    """Return mount points and their kinds, as Linux lists them."""
    rows = [line.split(" ") for line in text.splitlines()]
    return [(_OCTAL.sub(lambda code: chr(int(code[1], 8)), row[1]), row[2]) for row in rows if len(row) > 2]


def _listed_mounts() -> list[tuple[str, str]]:
    """Return mount points and their kinds, as macOS tells them."""
    import subprocess  # only for a library on another volume

    try:
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return []
    return [(found[1], found[2]) for line in told.splitlines() if (found := _LISTED.search(line))]
