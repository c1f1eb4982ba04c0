"""What an assistive program sees and hears of the programs on a session bus. Run by the system's own Python.

It needs ``gi`` and AT-SPI, which no virtual environment has. It reads commands from its input, one JSON object a
line (``{"do": "tree"}``, see ``COMMANDS``), and answers each with a line that begins with ``ANSWER``: what the bus
starts writes to the same output.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import warnings

warnings.simplefilter("ignore")
import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

HEARD = (
    "object:announcement",
    "object:state-changed",
    "object:text-caret-moved",
    "object:text-selection-changed",
    "object:property-change",
    "window",
)
PATIENCE_MS = 3000
"""For one answer of the program that is looked at; a whole one may take as long again."""
ANSWER = "> "
MAX_DEPTH = 30
MAX_CHILDREN = 400

started = time.monotonic()
events: list[dict[str, object]] = []
sources: list[Atspi.Accessible] = []


def pump(seconds: float) -> None:
    """Hear what comes within a time."""
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not context.iteration(False):
            time.sleep(0.004)


def hear(event: Atspi.Event, *_: object) -> None:
    source, said = event.source, event.any_data
    try:
        heard = {"role": source.get_role_name(), "name": source.get_name() or ""}
    except GLib.Error:  # it is gone already
        heard = {"role": "", "name": ""}
    said = said if isinstance(said, str) else ""
    events.append({"type": event.type, "detail": event.detail1, "said": said, **heard})
    sources.append(source)


def program() -> Atspi.Accessible | None:
    """Return the one program on the desktop that has a window."""
    pump(0.02)
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(number)
        if child is not None and child.get_child_count():
            return child
    return None


def node(thing: Atspi.Accessible, path: str) -> dict[str, object]:
    states = sorted(state.value_nick for state in thing.get_state_set().get_states())
    found: dict[str, object] = {
        "path": path,
        "role": thing.get_role_name(),
        "name": thing.get_name() or "",
        "description": thing.get_description() or "",
        "states": states,
    }
    interfaces = thing.get_interfaces()
    if "Text" in interfaces:
        found["length"] = Atspi.Text.get_character_count(thing)
    if "Action" in interfaces:
        found["actions"] = [Atspi.Action.get_action_name(thing, n) for n in range(Atspi.Action.get_n_actions(thing))]
    return found


def walk(
    thing: Atspi.Accessible, path: str = "", depth: int = 0, *, hidden: bool = False
) -> list[tuple[dict[str, object], Atspi.Accessible]]:
    """Return all things below one that are shown, itself first, or all there are; not what went away on the way."""
    try:
        thing.clear_cache()
        found = [(node(thing, path), thing)]
        is_seen = hidden or depth == 0 or "showing" in found[0][0]["states"]
        count = min(thing.get_child_count(), MAX_CHILDREN) if is_seen and depth < MAX_DEPTH else 0
        children = [thing.get_child_at_index(number) for number in range(count)]
    except GLib.Error:
        return []
    for number, child in enumerate(children):
        if child is not None:
            found += walk(child, f"{path}/{number}", depth + 1, hidden=hidden)
    return found if is_seen else []


def find(role: str, name: str, *, hidden: bool = False) -> Atspi.Accessible | None:
    top = program()
    for seen, thing in walk(top, hidden=hidden) if top is not None else ():
        if re.search(role, str(seen["role"])) and re.search(name, str(seen["name"])):
            return thing
    return None


# -- the commands ----------------------------------------------------------------------------------


def tree(command: dict) -> object:
    top = program()
    return [seen for seen, _ in walk(top, hidden=command["hidden"])] if top is not None else []


def text(command: dict) -> object:
    """Return the whole text of the first thing with a role and a name."""
    thing = find(command["role"], command["name"])
    return None if thing is None else Atspi.Text.get_text(thing, 0, Atspi.Text.get_character_count(thing))


def press(command: dict) -> object:
    """Press keys as a person does; return how many events had been heard before."""
    pump(0)
    heard = len(events)
    for key in command["keys"]:
        subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True, stderr=subprocess.DEVNULL)
    return heard


def write(command: dict) -> object:
    pump(0)
    heard = len(events)
    subprocess.run(["xdotool", "type", "--delay", "20", command["text"]], check=True, stderr=subprocess.DEVNULL)
    return heard


def act(command: dict) -> object:
    """Do the first action of a thing, or give it the focus; return how many events had been heard before."""
    pump(0)
    heard = len(events)
    thing = find(command["role"], command["name"], hidden=command["role"] == "menu item")
    if thing is None:
        return None
    if command["do"] == "focus":
        Atspi.Component.grab_focus(thing)
    elif command["do"] == "caret":
        words = Atspi.Text.get_text(thing, 0, Atspi.Text.get_character_count(thing))
        Atspi.Text.set_caret_offset(thing, words.find(command["at"]))
    else:
        Atspi.Action.do_action(thing, 0)
    return heard


def wait(command: dict) -> object:
    """Wait for an event since a number of them that a pattern is found in; return it, or None after a time."""
    pattern, since = re.compile(command["pattern"]), command["since"]
    end = time.monotonic() + command["seconds"]
    while True:
        pump(0.02)
        for number, event in enumerate(events[since:], since):
            if pattern.search("{type}={detail} “{said}” {role} {name}".format(**event)):
                return event | {"number": number, "description": described(sources[number])}
        if time.monotonic() > end:
            return None


def described(thing: Atspi.Accessible) -> str:
    try:
        thing.clear_cache()
        return thing.get_description() or ""
    except GLib.Error:
        return ""


def heard(command: dict) -> object:
    pump(0.05)
    return events[command["since"] :]


def focused(_command: dict) -> object:
    """Return what was said to have the focus last, as it is now; at the start, what has it by its own word.

    A row has the focus by its own word as long as it is its view's current one, and a viewport like its view.
    """
    pump(0.02)
    for event, source in zip(reversed(events), reversed(sources), strict=True):
        if event["type"] == "object:state-changed:focused" and event["detail"]:
            try:
                source.clear_cache()
                return node(source, "")
            except GLib.Error:
                break
    top = program()
    having = [seen for seen, _ in walk(top) if {"focused", "focusable"} <= set(seen["states"])] if top else []
    return having[0] if having else None


COMMANDS = {
    "tree": tree,
    "text": text,
    "press": press,
    "write": write,
    "press_button": act,
    "focus": act,
    "caret": act,
    "wait": wait,
    "heard": heard,
    "focused": focused,
}


def answer_with(what: object) -> None:
    sys.stdout.write(ANSWER + json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    Atspi.init()
    Atspi.set_timeout(PATIENCE_MS, 2 * PATIENCE_MS)
    listener = Atspi.EventListener.new(hear)
    for kind in HEARD:
        listener.register(kind)
    answer_with("ready")
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = COMMANDS[command["do"]](command)
        except GLib.Error as error:
            answer = {"error": str(error)}
        answer_with(answer)


if __name__ == "__main__":
    main()
