/* A disk that takes its time: each write and each wait for the disk lasts so many milliseconds longer. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static void wait_for(const char *name) {
    const char *found = getenv(name);
    long long milliseconds = found ? atoll(found) : 0;
    struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    if (milliseconds) nanosleep(&pause, NULL);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t place) {
    wait_for("DISK_WRITE_MS");
    return syscall(SYS_pwrite64, file, bytes, size, place);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) { return pwrite64(file, bytes, size, place); }

int fsync(int file) {
    wait_for("DISK_SYNC_MS");
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    wait_for("DISK_SYNC_MS");
    return (int)syscall(SYS_fdatasync, file);
}
