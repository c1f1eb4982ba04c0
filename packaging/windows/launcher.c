/* Study Reader.exe and study-reader.exe: the program's own name, icon and version around CPython.

   Loads pythonNNN.dll from the folder it lies in, by its whole path, and lets it run app\start.pyc with the
   words of the command line. Where to look for modules stands in pythonNNN._pth beside it; nothing in the
   environment changes that. -X utf8: what is written into a pipe is UTF-8, as on every other system.
   No include of Python's: Py_Main and its type are part of the stable interface. */

#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST 32768 /* characters: the longest path that Windows has */

typedef int (*Main)(int, wchar_t **);

static int fail(const wchar_t *sentence)
{
#ifdef WINDOW
    MessageBoxW(NULL, sentence, L"Study Reader", MB_ICONERROR | MB_OK);
#else
    DWORD written;
    HANDLE to = GetStdHandle(STD_ERROR_HANDLE);
    if (!WriteConsoleW(to, sentence, (DWORD)wcslen(sentence), &written, NULL)) {
        char bytes[512];
        int count = WideCharToMultiByte(CP_UTF8, 0, sentence, -1, bytes, sizeof bytes, NULL, NULL);
        if (count > 1)
            WriteFile(to, bytes, (DWORD)(count - 1), &written, NULL);
    }
#endif
    return 1;
}

static int run(int count, wchar_t **words)
{
    static wchar_t folder[LONGEST], library[LONGEST], script[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    wchar_t *end = wcsrchr(folder, L'\\');
    if (length == 0 || length >= LONGEST - 32 || end == NULL)
        return fail(L"Study Reader cannot tell which folder it lies in.");
    end[1] = L'\0';
    wcscat(wcscpy(library, folder), PYTHON_DLL);
    wcscat(wcscpy(script, folder), L"app\\start.pyc");

    SetDllDirectoryW(L""); /* never from the folder that somebody happens to stand in */
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    Main start = python ? (Main)(void (*)(void))GetProcAddress(python, "Py_Main") : NULL;
    if (start == NULL)
        return fail(L"A part of Study Reader is missing. Installing it again brings it back.");

    wchar_t **all = calloc((size_t)count + 4, sizeof *all);
    if (all == NULL)
        return fail(L"There is not enough memory to start Study Reader.");
    int at = 0;
    all[at++] = words[0];
    all[at++] = L"-X";
    all[at++] = L"utf8";
    all[at++] = script;
    for (int word = 1; word < count; word++)
        all[at++] = words[word];
    return start(at, all);
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return run(__argc, __wargv);
}
#else
int wmain(int count, wchar_t **words)
{
    return run(count, words);
}
#endif
