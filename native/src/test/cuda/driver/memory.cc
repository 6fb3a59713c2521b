/* Memory and copies. */
#include "standin.h"

#include <cstring>

EXPORT int cuMemGetInfo_v2(size_t *free, size_t *total) {
    CALL_INSIDE
    const Device &device = state().devices[static_cast<size_t>(state().contexts[call.context].device)];
    *free = device.memory - device.used;
    *total = device.memory;
    return SUCCESS;
}

EXPORT int cuMemAlloc_v2(uintptr_t *address, size_t bytes) {
    CALL_INSIDE
    const Device &device = state().devices[static_cast<size_t>(state().contexts[call.context].device)];
    if (!bytes) {
        return call.refuse(INVALID_VALUE, "of nothing");
    }
    if (bytes > device.memory - device.used) {
        return OUT_OF_MEMORY;
    }
    *address = add_memory(call.context, bytes, false);
    return *address ? SUCCESS : OUT_OF_MEMORY;
}

static int release(Call &call, std::map<uintptr_t, Memory> &from, uintptr_t address) {
    auto found = from.find(address);
    if (found == from.end() || found->second.context != call.context) {
        return call.refuse(INVALID_VALUE, "of what was not allocated in this context");
    }
    std::string user;
    if (is_used(address, &user)) {
        misuse(std::string(call.name) + " of memory that " + user + " still uses");
        cancel(address);
    }
    drop_memory(from, address);
    return SUCCESS;
}

EXPORT int cuMemFree_v2(uintptr_t address) {
    CALL_INSIDE
    return release(call, state().device_memory, address);
}

EXPORT int cuMemHostAlloc(void **address, size_t bytes, unsigned) {
    CALL_INSIDE
    if (!bytes) {
        return call.refuse(INVALID_VALUE, "of nothing");
    }
    *address = reinterpret_cast<void *>(add_memory(call.context, bytes, true));
    return *address ? SUCCESS : OUT_OF_MEMORY;
}

EXPORT int cuMemFreeHost(void *address) {
    CALL_INSIDE
    return release(call, state().pinned, reinterpret_cast<uintptr_t>(address));
}

/* Only pinned memory is copied while the host goes on; a real driver would wait, and say nothing. */
static int copy(Call &call, uintptr_t device, const void *host, size_t bytes, Handle stream, bool up) {
    uintptr_t device_base = 0, host_base = 0;
    char *memory = device_bytes(call.context, device, bytes, &device_base);
    if (!memory) {
        return call.refuse(INVALID_VALUE, "beyond what is allocated on the device");
    }
    if (!is_pinned(host, bytes, &host_base)) {
        return call.refuse(INVALID_VALUE, "of memory that is not pinned");
    }
    char *other = static_cast<char *>(const_cast<void *>(host));
    return enqueue(call, stream, {call.name,
                                  [=] {
                                      memcpy(up ? memory : other, up ? other : memory, bytes);
                                      return 0;
                                  },
                                  {device_base, host_base}});
}

EXPORT int cuMemcpyHtoDAsync_v2(uintptr_t to, const void *from, size_t bytes, Handle stream) {
    CALL_INSIDE
    return copy(call, to, from, bytes, stream, true);
}

EXPORT int cuMemcpyDtoHAsync_v2(void *to, uintptr_t from, size_t bytes, Handle stream) {
    CALL_INSIDE
    return copy(call, from, to, bytes, stream, false);
}

EXPORT int cuMemcpyDtoDAsync_v2(uintptr_t to, uintptr_t from, size_t bytes, Handle stream) {
    CALL_INSIDE
    uintptr_t to_base = 0, from_base = 0;
    char *target = device_bytes(call.context, to, bytes, &to_base), *source = device_bytes(call.context, from, bytes, &from_base);
    if (!target || !source) {
        return call.refuse(INVALID_VALUE, "beyond what is allocated on the device");
    }
    return enqueue(call, stream, {call.name,
                                  [=] {
                                      memcpy(target, source, bytes);
                                      return 0;
                                  },
                                  {to_base, from_base}});
}
