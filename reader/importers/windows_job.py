"""Windows: a job that ends with this program and holds a process to its memory, and how much it has had."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    from reader.importers.confinement import MAX_MEMORY_BYTES

    _EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
    _ONE_PROCESS, _PROCESS_MEMORY, _NO_DIALOG, _ENDS_WITH_US = 0x8, 0x100, 0x400, 0x2000

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    class _Counters(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("quotas", ctypes.c_size_t * 4),
            ("committed", ctypes.c_size_t),
            ("peak_committed", ctypes.c_size_t),
        )

    def peak_memory(popen: subprocess.Popen[bytes]) -> int:
        """Return the most memory that a process has had, in bytes; 0 where the system does not tell."""
        counters = _Counters(size=ctypes.sizeof(_Counters))
        with suppress(OSError, AttributeError):
            ask = ctypes.WinDLL("kernel32").K32GetProcessMemoryInfo
            ask.argtypes = (wintypes.HANDLE, wintypes.LPVOID, wintypes.DWORD)
            if ask(int(popen._handle), ctypes.byref(counters), counters.size):  # type: ignore[attr-defined]
                return int(counters.peak_committed)
        return 0

    def hold(popen: subprocess.Popen[bytes]) -> None:
        """Put a process into a job of its own; where the system refuses, it is watched by the clock alone."""
        with suppress(OSError, AttributeError):
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = wintypes.HANDLE
            kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
            kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
            kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
            job = kernel.CreateJobObjectW(None, None)
            limits = _Extended()
            limits.basic.flags = _ONE_PROCESS | _PROCESS_MEMORY | _NO_DIALOG | _ENDS_WITH_US
            limits.basic.processes = 1
            limits.process_memory = MAX_MEMORY_BYTES
            kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            kernel.AssignProcessToJobObject(job, int(popen._handle))  # type: ignore[attr-defined]
            popen._job = job  # type: ignore[attr-defined]  # its last handle: closed when this program ends
