"""Qt for Python, without what only those need who write programs with it.

Two things make each start slow and heavy:

* It compiles, anew every time, the modules that describe each call: for stub files, for ``__doc__``,
  for the error when a call has wrong arguments. They are left until somebody asks for them.
* For ``from __feature__ import …``, which nobody uses here, it stands before every import, and reads
  and keeps the source of every module that is imported afterwards. It is asked to step aside.

Together that was a third of the start and 7 MB (Qt for Python 6.11). Where another version works in
another way, nothing is left out, and nothing breaks.
"""

from __future__ import annotations

import builtins
import sys
from importlib import machinery
from types import ModuleType
from typing import Any

SUPPORT = "shibokensupport.signature."
LEFT = frozenset(
    SUPPORT + name for name in ("layout", "mapping", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")
)
"""What is there to describe calls: names of modules in the archive inside the library."""


class _Errors(ModuleType):
    """Words the error of a wrong call without the signatures that would have been right.

    It is asked by the library while an error is on its way, when nothing can be imported.
    """

    @staticmethod
    def seterror_argument(given: object, function: str, about: object) -> tuple[type[Exception], str]:
        """Return the error for a call with wrong arguments."""
        if isinstance(about, Exception):
            return type(about), f"{function}(): {about}"
        kinds = [type(each).__name__ for each in given] if isinstance(given, tuple) else [type(given).__name__]
        sentence = f"{function}() was called with wrong arguments: {', '.join(kinds)}"
        if not about:
            return TypeError, sentence
        unknown = isinstance(about, dict) or not str(about).isalnum()
        kind = AttributeError if unknown and about not in ("<", ">") else TypeError
        return kind, f"{sentence} ({about})"

    @staticmethod
    def make_helptext(function: Any) -> str:
        """Return what ``__doc__`` says."""
        return str(getattr(function, "__name__", ""))


class _Features(ModuleType):
    """Stands for what would change the names of Qt's functions for a module that imports ``__feature__``."""

    @staticmethod
    def feature_import(*given: object) -> None:
        """Leave an import as it is."""

    @staticmethod
    def feature_imported(module: ModuleType) -> None:
        """Do not look into a module."""


class _Left(ModuleType):
    """A module that is loaded when anything in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        left = self.__dict__.pop("_left", None)
        if left is not None:
            self.__class__ = ModuleType  # type: ignore[assignment]
            loader, spec, known_as = left, self.__spec__, self.__spec__.name if self.__spec__ else ""
            if spec is not None:
                spec.name = self.__name__  # it was given another one; the archive knows it by this
                loader.exec_module(self)
                spec.name = known_as
        return getattr(self, name)


class _Later:
    """A loader that leaves the work to the first who needs it."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: machinery.ModuleSpec) -> ModuleType:
        return _Left(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["_left"] = self._loader
        # The library calls this while an error is on its way, when nothing can be loaded.
        module.__dict__["update_mapping"] = lambda: module.__dict__.update(
            {name: sys.modules[name] for name in ("PySide6", "shiboken6")}
        )


class _InPlace:
    """A loader that gives a module of ours in the place of one of theirs."""

    def __init__(self, kind: type[ModuleType]) -> None:
        self._kind = kind

    def create_module(self, spec: machinery.ModuleSpec) -> ModuleType:
        return self._kind(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it as it is."""


OURS = {"shibokensupport.signature.errorhandler": _Errors, "shibokensupport.feature": _Features}


def _spec(name: str, loader: Any, **more: Any) -> machinery.ModuleSpec:
    if name in LEFT:
        loader = _Later(loader)
    elif name in OURS:
        loader = _InPlace(OURS[name])
    return _ModuleSpec(name, loader, **more)


_ModuleSpec = machinery.ModuleSpec


def load() -> None:
    """Import Qt for Python; call it before anything else does."""
    if "PySide6" not in sys.modules:
        # Its own finder takes this name from there when it is made, and only then.
        machinery.ModuleSpec = _spec  # type: ignore[misc, assignment]
        try:
            import PySide6  # noqa: F401
        finally:
            machinery.ModuleSpec = _ModuleSpec  # type: ignore[misc]
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
