/* Lets every so-many-th call that writes to a folder fail, or kills the process at one of them.
 *
 * FAULTY_FOLDER   which files, by the beginning of their path
 * FAULTY_ERROR    the number of the error
 * FAULTY_ONE_IN   about how many calls there are to a fault
 * FAULTY_SEED     which of them
 * FAULTY_KILL_AT  at which call the process is killed; 0 or nothing: at none
 * FAULTY_COUNT    a file that gets a byte for each fault
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned long state = 0, calls = 0;

static long number(const char *name) {
    const char *value = getenv(name);
    return value == NULL ? 0 : atol(value);
}

static int concerns(int file) {
    const char *folder = getenv("FAULTY_FOLDER");
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (folder == NULL || length < 0) return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

static int fails(int file) {
    int before = errno;
    if (!concerns(file)) { errno = before; return 0; }
    calls++;
    if (number("FAULTY_KILL_AT") && calls == (unsigned long)number("FAULTY_KILL_AT")) kill(getpid(), SIGKILL);
    if (state == 0) state = 2 * (unsigned long)number("FAULTY_SEED") + 1;
    state = state * 6364136223846793005UL + 1442695040888963407UL;
    if ((state >> 33) % (unsigned long)number("FAULTY_ONE_IN")) { errno = before; return 0; }
    int count = open(getenv("FAULTY_COUNT"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (count >= 0) { if (real(count, "x", 1) < 0) {} close(count); }
    errno = (int)number("FAULTY_ERROR");
    return 1;
}

ssize_t write(int file, const void *data, size_t size) {
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    return fails(file) ? -1 : real(file, data, size);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
    return fails(file) ? -1 : real(file, data, size, at);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    return fails(file) ? -1 : real(file, data, size, at);
}

int fsync(int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    return fails(file) ? -1 : real(file);
}

int fdatasync(int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
    return fails(file) ? -1 : real(file);
}

int ftruncate(int file, off_t length) {
    int (*real)(int, off_t) = dlsym(RTLD_NEXT, "ftruncate");
    return fails(file) ? -1 : real(file, length);
}
