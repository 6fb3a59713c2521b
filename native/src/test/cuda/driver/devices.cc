/* Devices and contexts. */
#include "standin.h"

#include <cstdio>

static bool is_device(int device) { return device >= 0 && static_cast<size_t>(device) < state().devices.size(); }

EXPORT int cuInit(unsigned flags) {
    CALL()
    if (flags) {
        return call.refuse(INVALID_VALUE, "with flags");
    }
    if (state().devices.empty()) {
        return NO_DEVICE;
    }
    state().initialized = true;
    return SUCCESS;
}

EXPORT int cuDriverGetVersion(int *version) {
    CALL()
    *version = state().version;
    return SUCCESS;
}

EXPORT int cuDeviceGetCount(int *count) {
    CALL()
    *count = static_cast<int>(state().devices.size());
    return SUCCESS;
}

EXPORT int cuDeviceGet(int *device, int index) {
    CALL()
    if (!is_device(index)) {
        return call.refuse(INVALID_DEVICE, "of a device that is not there");
    }
    *device = index;
    return SUCCESS;
}

EXPORT int cuDeviceGetName(char *name, int bytes, int device) {
    CALL()
    if (!is_device(device)) {
        return call.refuse(INVALID_DEVICE, "of a device that is not there");
    }
    snprintf(name, static_cast<size_t>(bytes), "stand-in %d", device);
    return SUCCESS;
}

EXPORT int cuDeviceGetAttribute(int *value, int attribute, int device) {
    CALL()
    if (!is_device(device)) {
        return call.refuse(INVALID_DEVICE, "of a device that is not there");
    }
    const Device &d = state().devices[static_cast<size_t>(device)];
    switch (attribute) {
    case 16: *value = 4; return SUCCESS; /* multiprocessors */
    case 75: *value = d.major; return SUCCESS;
    case 76: *value = d.minor; return SUCCESS;
    default: return call.refuse(INVALID_VALUE, "of an attribute that the stand-in does not have");
    }
}

EXPORT int cuDeviceTotalMem_v2(size_t *bytes, int device) {
    CALL()
    if (!is_device(device)) {
        return call.refuse(INVALID_DEVICE, "of a device that is not there");
    }
    *bytes = state().devices[static_cast<size_t>(device)].memory;
    return SUCCESS;
}

EXPORT int cuCtxCreate_v2(Handle *context, unsigned, int device) {
    CALL()
    if (!is_device(device)) {
        return call.refuse(INVALID_DEVICE, "of a device that is not there");
    }
    Handle handle = state().next += 16;
    state().contexts[handle].device = device;
    current().push_back(handle);
    *context = handle;
    return SUCCESS;
}

void forget(Handle context) {
    State &s = state();
    for (auto memory : {&s.device_memory, &s.pinned}) {
        for (auto it = memory->begin(); it != memory->end();) {
            uintptr_t address = it->first;
            bool own = it->second.context == context;
            ++it;
            if (own) {
                drop_memory(*memory, address);
            }
        }
    }
    auto erase = [context](auto &from) {
        for (auto it = from.begin(); it != from.end();) {
            it = it->second.context == context ? from.erase(it) : std::next(it);
        }
    };
    erase(s.streams);
    erase(s.events);
    erase(s.modules);
    erase(s.functions);
}

EXPORT int cuCtxDestroy_v2(Handle context) {
    CALL()
    if (!state().contexts.count(context)) {
        return call.refuse(INVALID_CONTEXT, "of a context that is not there");
    }
    forget(context);
    state().contexts.erase(context);
    if (!current().empty() && current().back() == context) {
        current().pop_back();
    }
    return SUCCESS;
}

EXPORT int cuCtxPushCurrent_v2(Handle context) {
    CALL()
    if (!state().contexts.count(context)) {
        return call.refuse(INVALID_CONTEXT, "of a context that is not there");
    }
    current().push_back(context);
    return SUCCESS;
}

EXPORT int cuCtxPopCurrent_v2(Handle *context) {
    CALL()
    if (current().empty()) {
        return call.refuse(INVALID_CONTEXT, "without a context");
    }
    *context = current().back();
    current().pop_back();
    return SUCCESS;
}

/* For tests that play another library in the same thread. */
EXPORT int cuCtxGetCurrent(Handle *context) {
    CALL()
    *context = current().empty() ? 0 : current().back();
    return SUCCESS;
}
