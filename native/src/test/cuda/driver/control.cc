/* How tests say what the stand-in shall do, and ask what it saw. */
#include "standin.h"

#include <cstdio>

/* A machine with so many devices and so many bytes each, nothing on them, nothing counted. */
EXPORT void standin_reset(int devices, int64_t bytes) {
    State &s = state();
    std::lock_guard<std::mutex> guard(s.lock);
    while (!s.contexts.empty()) {
        forget(s.contexts.begin()->first);
        s.contexts.erase(s.contexts.begin());
    }
    s.initialized = s.immediate = false;
    s.version = 13000;
    s.overlaps = 0;
    s.abi_version = kernels_abi_version();
    s.devices.assign(static_cast<size_t>(devices), Device());
    for (Device &device : s.devices) {
        device.memory = static_cast<size_t>(bytes);
    }
    s.faults.clear();
    s.skipped.clear();
    s.calls.clear();
    s.misuses.clear();
}

/* The occurrence-th call from now on (1 is the next) fails once; a name of kernel:NAME is an execution of that kernel. */
EXPORT void standin_fail(const char *call, int occurrence, int status) {
    std::lock_guard<std::mutex> guard(state().lock);
    state().faults.push_back({call, state().calls[call] + occurrence, status});
}

/* All such calls are answered with success and not done, as if they had been forgotten. */
EXPORT void standin_skip(const char *call) {
    std::lock_guard<std::mutex> guard(state().lock);
    state().skipped = call;
}

/* Work is done when it is queued, not when somebody waits. */
EXPORT void standin_immediate(int on) {
    std::lock_guard<std::mutex> guard(state().lock);
    state().immediate = on != 0;
}

/* So many times, who waits for a kernel is kept waiting until another stream has something queued. */
EXPORT void standin_require_overlap(int times) {
    std::lock_guard<std::mutex> guard(state().lock);
    state().overlaps = times;
}

EXPORT void standin_version(int version) {
    std::lock_guard<std::mutex> guard(state().lock);
    state().version = version;
}

EXPORT void standin_abi_version(int64_t version) {
    std::lock_guard<std::mutex> guard(state().lock);
    state().abi_version = version;
}

EXPORT void standin_capability(int device, int major, int minor) {
    std::lock_guard<std::mutex> guard(state().lock);
    state().devices[static_cast<size_t>(device)].major = major;
    state().devices[static_cast<size_t>(device)].minor = minor;
}

EXPORT int standin_calls(const char *call) {
    std::lock_guard<std::mutex> guard(state().lock);
    auto found = state().calls.find(call);
    return found == state().calls.end() ? 0 : found->second;
}

/* What is there: 0 contexts, 1 streams, 2 events, 3 device memory, 4 pinned memory; 5 bytes of device memory. */
EXPORT int64_t standin_live(int kind) {
    State &s = state();
    std::lock_guard<std::mutex> guard(s.lock);
    switch (kind) {
    case 0: return static_cast<int64_t>(s.contexts.size());
    case 1: return static_cast<int64_t>(s.streams.size());
    case 2: return static_cast<int64_t>(s.events.size());
    case 3: return static_cast<int64_t>(s.device_memory.size());
    case 4: return static_cast<int64_t>(s.pinned.size());
    default: break;
    }
    int64_t bytes = 0;
    for (const Device &device : s.devices) {
        bytes += static_cast<int64_t>(device.used);
    }
    return bytes;
}

/* How deep the calling thread's stack of contexts is. */
EXPORT int standin_depth(void) { return static_cast<int>(current().size()); }

/* How often it was used wrongly; the first time is described. */
EXPORT int standin_misuses(char *first, int64_t capacity) {
    std::lock_guard<std::mutex> guard(state().lock);
    snprintf(first, static_cast<size_t>(capacity), "%s", state().misuses.empty() ? "" : state().misuses.front().c_str());
    return static_cast<int>(state().misuses.size());
}
