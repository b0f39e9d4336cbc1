/* Stands between a program and its disk (LD_PRELOAD): of the files below the folder DISK_AT it
   writes down, into the file DISK_LOG, what is written and what is made durable, in its order;
   disk_fail(n, error, times) lets the n-th step from now on fail, and as many after it. What is
   made durable really lasts no longer than the test: nothing is waited for. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long countdown = 0, failing = 0;
static int failure = 0;
static int log_fd = -1;

void disk_fail(long n, int error, long times) {
    countdown = n, failure = error, failing = times;
}

static int below(const char *path) {
    const char *at = getenv("DISK_AT");
    return at && strncmp(path, at, strlen(at)) == 0 && !strstr(path, "-shm");
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, PATH_MAX - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return below(path);
}

/* Whether this step is one of those that fail. */
static int fails(void) {
    if (countdown <= 0 || --countdown > 0) return 0;
    if (--failing > 0) countdown = 1;
    errno = failure;
    return 1;
}

static void note(char kind, const char *path, int64_t offset, const void *data, uint32_t size) {
    static ssize_t (*real)(int, const void *, size_t);
    const char *name = strrchr(path, '/') + 1, *log = getenv("DISK_LOG");
    uint16_t length = strlen(name);
    int kept = errno;
    if (!log) return;
    if (!real) real = dlsym(RTLD_NEXT, "write");
    if (log_fd < 0) log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (real(log_fd, &kind, 1) < 0 || real(log_fd, &length, 2) < 0 || real(log_fd, name, length) < 0 ||
        real(log_fd, &offset, 8) < 0 || real(log_fd, &size, 4) < 0 || real(log_fd, data, size) < 0)
        abort();
    errno = kept;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define WRITES_AT(name, offset_type) \
    ssize_t name(int fd, const void *data, size_t size, offset_type offset) { \
        char path[PATH_MAX]; \
        REAL(name); \
        if (!path_of(fd, path)) return real(fd, data, size, offset); \
        if (fails()) return -1; \
        ssize_t done = real(fd, data, size, offset); \
        if (done > 0) note('W', path, offset, data, done); \
        return done; \
    }
WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t size) {
    char path[PATH_MAX];
    REAL(write);
    if (!path_of(fd, path)) return real(fd, data, size);
    if (fails()) return -1;
    ssize_t done = real(fd, data, size);
    if (done > 0) note('A', path, -1, data, done);
    return done;
}

#define SYNCS(name) \
    int name(int fd) { \
        char path[PATH_MAX]; \
        REAL(name); \
        if (!path_of(fd, path)) return real(fd); \
        if (fails()) return -1; \
        note('S', path, 0, "", 0); \
        return 0; \
    }
SYNCS(fsync)
SYNCS(fdatasync)

#define TRUNCATES(name, size_type) \
    int name(int fd, size_type size) { \
        char path[PATH_MAX]; \
        REAL(name); \
        if (!path_of(fd, path)) return real(fd, size); \
        if (fails()) return -1; \
        int done = real(fd, size); \
        if (done == 0) note('T', path, size, "", 0); \
        return done; \
    }
TRUNCATES(ftruncate, off_t)
TRUNCATES(ftruncate64, off64_t)

int unlink(const char *path) {
    REAL(unlink);
    if (!below(path)) return real(path);
    if (fails()) return -1;
    int done = real(path);
    if (done == 0) note('U', path, 0, "", 0);
    return done;
}
