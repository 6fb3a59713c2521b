/*
 * A driver for machines without a device: libcuda.so.1 with the functions that the library uses, on memory of the host, for tests. It is stricter than a real one: copies
 * that a real driver would let pass slowly are refused, and work that is queued is done only when somebody waits for it, so that a host that does not wait sees old data.
 * Every handle and address that was not given out, or was given back, is refused and counted as misuse.
 */
#ifndef LC_STANDIN_H
#define LC_STANDIN_H

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

/* Numbers of errors, as cuda.h has them. */
enum Status {
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    NOT_INITIALIZED = 3,
    NO_DEVICE = 100,
    INVALID_DEVICE = 101,
    INVALID_IMAGE = 200,
    INVALID_CONTEXT = 201,
    NOT_FOUND = 500,
    INVALID_HANDLE = 400,
    NOT_READY = 600,
    CONTEXT_IS_DESTROYED = 709,
    LAUNCH_FAILED = 719
};

struct Kernel; /* kernels.h */
int64_t kernels_abi_version();
using Handle = uintptr_t;

struct Device {
    size_t memory = 256u << 20, used = 0;
    int major = 9, minor = 0;
};

struct Context {
    int device;
    int sticky = 0;
};

struct Memory {
    Handle context;
    size_t bytes;
    std::unique_ptr<char, void (*)(void *)> host;
};

/* Something queued; what it uses must stay until it is done. */
struct Work {
    std::string what;
    std::function<int()> run;
    std::vector<uintptr_t> uses; /* first addresses of memory */
};

struct Stream {
    Handle context;
    std::deque<Work> queue;
    bool asked = false; /* whether it is done, since something was queued last */
};

struct Event {
    Handle context;
    Handle stream = 0;
    bool done = true;
    double seconds = 0;
};

struct Module {
    Handle context;
    std::string text; /* of PTX; empty for machine code, which is taken to have everything */
    uintptr_t version = 0;
};

struct Function {
    Handle context;
    const Kernel *kernel;
};

struct Fault {
    std::string call;
    int occurrence, status;
};

/* Everything there is. Guarded by one lock, which every call holds. */
struct State {
    std::mutex lock;
    std::condition_variable changed;
    bool initialized = false, immediate = false;
    int version = 13000, overlaps = 0;
    int64_t abi_version = kernels_abi_version();
    std::vector<Device> devices{1};
    std::vector<Fault> faults;
    std::string skipped;
    std::map<std::string, int> calls;
    std::vector<std::string> misuses;
    Handle next = 0x1000;
    uintptr_t next_address = 0xd000000000;
    std::map<Handle, Context> contexts;
    std::map<Handle, Stream> streams;
    std::map<Handle, Event> events;
    std::map<Handle, Module> modules;
    std::map<Handle, Function> functions;
    std::map<uintptr_t, Memory> device_memory, pinned;
};
State &state();

/* One call: counted, failed where a test wants it, and holding the lock. */
struct Call {
    std::unique_lock<std::mutex> guard;
    const char *name;
    int status;
    bool skipped; /* to be answered with success, and not done */
    explicit Call(const char *name, bool counted = true); /* what is not counted does not fail */
    /* The same, for what belongs to the calling thread's context: refused without one, or with its error where that is dead. */
    Handle context = 0;
    Call &inside();
    /* Refuses, and counts it as misuse. */
    int refuse(int status, const std::string &why);
};

#define CALL(...)                                                                                                                                      \
    Call call(__func__);                                                                                                                               \
    if (__VA_ARGS__ call.status || call.skipped) {                                                                                                     \
        return call.status;                                                                                                                            \
    }
#define CALL_INSIDE                                                                                                                                    \
    Call call(__func__);                                                                                                                               \
    if (call.inside().status || call.skipped) {                                                                                                        \
        return call.status;                                                                                                                            \
    }

std::vector<Handle> &current(); /* the calling thread's contexts, the last one on top */
int fault(const std::string &what); /* the status that a test wants this time; else 0 */
void misuse(const std::string &what);

int enqueue(Call &call, Handle stream, Work work);
int drain(Handle stream, const std::function<bool()> &enough);
void forget(Handle context); /* all that is in it */
uintptr_t add_memory(Handle context, size_t bytes, bool pinned);
void drop_memory(std::map<uintptr_t, Memory> &from, uintptr_t address);
/* The host's memory behind some of the device's; null where it is not all allocated in this context. `base` is set to what is to stay. */
char *device_bytes(Handle context, uintptr_t address, size_t bytes, uintptr_t *base);
bool is_pinned(const void *address, size_t bytes, uintptr_t *base);
bool is_used(uintptr_t base, std::string *by); /* by queued work */
void cancel(uintptr_t base);                   /* the work that uses it: a test shall fail, not crash */

#endif
