"""The workflows for a public forge: none has run on one, so what can be judged without it is judged here."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import build
import dev
import prove

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
COMMANDS = {
    "dev.py": set(dev.COMMANDS),
    "packaging/build.py": {*build.FORMATS, "all"},
    "packaging/prove.py": {*prove.PROOFS, "version"},
}
SCRIPT = re.compile(r"\bdev\.py|packaging/(?:build|prove)\.py")
MAY_WRITE = {("release.yml", "offer")}


def told(workflow: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(workflow)
    return loaded


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    for job in told(workflow)["jobs"].values():
        yield from job["steps"]


def test_there_are_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["check.yml", "release.yml"]


def test_they_are_what_the_forge_reads() -> None:
    schema = ("-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows")

    done = subprocess.run((sys.executable, *schema, *map(str, WORKFLOWS)), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_whatever_is_not_ours_is_pinned(workflow: Path) -> None:
    used = [line.partition("uses:")[2].strip() for line in workflow.read_text().splitlines() if "uses:" in line]

    assert used
    assert all(map(PINNED.fullmatch, used)), used


def calls(workflow: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the scripts of ours that are called, each with its words."""
    for step in steps(workflow):
        for line in step.get("run", "").splitlines():
            if script := SCRIPT.search(line):
                yield script[0], shlex.split(line[script.end() :])


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_command_exists(workflow: Path) -> None:
    called = list(calls(workflow))

    assert called
    for script, words in called:
        for command in takewhile(lambda word: word[0] not in "-$", words):
            assert command in COMMANDS[script], f"{script} has no {command}"


def test_every_proof_of_a_release_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    for name in prove.PROOFS:
        monkeypatch.setitem(prove.PROOFS, name, lambda _out, name=name: iter(asked.append(name) or ()))
    release = list(calls(WORKFLOWS[1]))

    codes = [prove.main(words) for script, words in release if script.endswith("prove.py") and words[0] != "version"]

    assert codes == [0, 0, 0, 0]
    assert asked == ["wheel", "lint", "debian", "rpm", "appimage", "windows", "macos"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_only_a_release_may_write_and_no_job_runs_for_ever(workflow: Path) -> None:
    whole = told(workflow)

    assert whole["permissions"] == {"contents": "read"}
    for name, job in whole["jobs"].items():
        assert job["timeout-minutes"] <= 90
        assert ("permissions" in job) is ((workflow.name, name) in MAY_WRITE)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_key_is_given_to_more_than_the_build_that_needs_it(workflow: Path) -> None:
    whole = told(workflow)
    given = [step for step in steps(workflow) if "secrets." in str(step)]

    assert all(step["run"].startswith("python packaging/build.py ") for step in given)
    assert all("secrets." not in str({**job, "steps": []}) for job in whole["jobs"].values())
    assert not [step for step in steps(workflow) if "${{" in step.get("run", "")]
    assert not [step for step in steps(workflow) if step.get("with", {}).get("persist-credentials") is True]


def test_what_runs_on_windows_loads_where_only_windows_is() -> None:
    elsewhere = ("fcntl", "grp", "pwd", "resource", "termios")
    places = [str(ROOT / "packaging"), str(ROOT)]
    loaded = f"import sys; sys.modules |= dict.fromkeys({elsewhere}); sys.path[:0] = {places}; import build, prove"

    done = subprocess.run((sys.executable, "-c", loaded), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
