/* Modules: machine code is known by its first bytes and taken to have every kernel; of PTX the text is looked at. */
#include "kernels.h"
#include "standin.h"

#include <cstring>

static const unsigned char FATBIN[4] = {0x50, 0xed, 0x55, 0xba};

EXPORT int cuModuleLoadData(Handle *module, const void *image) {
    CALL_INSIDE
    const char *text = static_cast<const char *>(image);
    bool is_ptx = strncmp(text, "//", 2) == 0 || strncmp(text, ".version", 8) == 0;
    if (!is_ptx && memcmp(image, FATBIN, sizeof FATBIN) != 0) {
        return INVALID_IMAGE;
    }
    Handle handle = state().next += 16;
    Module &made = state().modules[handle];
    made.context = call.context;
    made.text = is_ptx ? text : "";
    *module = handle;
    return SUCCESS;
}

static Module *module_of(const Call &call, Handle module) {
    auto found = state().modules.find(module);
    return found != state().modules.end() && found->second.context == call.context ? &found->second : nullptr;
}

static bool has(const Module &module, const std::string &declaration) {
    return module.text.empty() || module.text.find(declaration) != std::string::npos;
}

EXPORT int cuModuleGetFunction(Handle *function, Handle module, const char *name) {
    CALL_INSIDE
    Module *m = module_of(call, module);
    if (!m) {
        return call.refuse(INVALID_HANDLE, "of a module that is not one of this context");
    }
    const Kernel *kernel = kernel_named(name);
    if (!kernel || !has(*m, std::string(".entry ") + name + "(")) {
        return NOT_FOUND;
    }
    *function = state().next += 16;
    state().functions[*function] = {call.context, kernel};
    return SUCCESS;
}

EXPORT int cuModuleGetGlobal_v2(uintptr_t *address, size_t *bytes, Handle module, const char *name) {
    CALL_INSIDE
    Module *m = module_of(call, module);
    if (!m) {
        return call.refuse(INVALID_HANDLE, "of a module that is not one of this context");
    }
    if (strcmp(name, "lc_cuda_abi_version") != 0 || !has(*m, name)) {
        return NOT_FOUND;
    }
    if (!m->version) {
        m->version = add_memory(call.context, sizeof(int64_t), false);
    }
    uintptr_t base = 0;
    memcpy(device_bytes(call.context, m->version, sizeof(int64_t), &base), &state().abi_version, sizeof(int64_t));
    *address = m->version;
    *bytes = sizeof(int64_t);
    return SUCCESS;
}

EXPORT int cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, Handle function, int threads, size_t shared) {
    CALL_INSIDE
    if (!state().functions.count(function) || threads < 1 || shared) {
        return call.refuse(INVALID_VALUE, "of a function or a size that there is not");
    }
    *blocks = 3;
    return SUCCESS;
}
