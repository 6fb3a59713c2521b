/* What is common to all calls: counting, failing on demand, and what belongs to whom. */
#include "standin.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

State &state() {
    static State *one = new State; /* never destroyed: threads may still call while the process ends */
    return *one;
}

std::vector<Handle> &current() {
    thread_local std::vector<Handle> contexts;
    return contexts;
}

void misuse(const std::string &what) { state().misuses.push_back(what); }

int fault(const std::string &what) {
    int occurrence = ++state().calls[what];
    for (const Fault &f : state().faults) {
        if (f.call == what && f.occurrence == occurrence) {
            return f.status;
        }
    }
    return 0;
}

/* The errors after which the driver's header says that a process must start again. */
static bool is_sticky(int status) {
    for (int sticky : {700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721}) {
        if (status == sticky) {
            return true;
        }
    }
    return false;
}

Call::Call(const char *function, bool counted)
    : guard(state().lock), name(function), status(counted ? fault(function) : 0), skipped(state().skipped == function) {
    if (is_sticky(status) && !current().empty()) {
        auto found = state().contexts.find(current().back());
        if (found != state().contexts.end()) {
            found->second.sticky = status;
        }
    }
    if (!status && !state().initialized && strcmp(function, "cuInit") != 0) {
        status = refuse(NOT_INITIALIZED, "before cuInit");
    }
}

Call &Call::inside() {
    if (!status && current().empty()) {
        status = refuse(INVALID_CONTEXT, "without a context");
    } else if (!status) {
        context = current().back();
        auto found = state().contexts.find(context);
        if (found == state().contexts.end()) {
            status = refuse(CONTEXT_IS_DESTROYED, "in a context that is destroyed");
        } else {
            status = found->second.sticky;
        }
    }
    return *this;
}

int Call::refuse(int with, const std::string &why) {
    misuse(std::string(name) + " " + why);
    return with;
}

uintptr_t add_memory(Handle context, size_t bytes, bool pinned) {
    State &s = state();
    char *memory = static_cast<char *>(aligned_alloc(256, (bytes + 255) / 256 * 256));
    if (!memory) {
        return 0;
    }
    memset(memory, 0xee, bytes); /* what was never written looks like it */
    uintptr_t address = reinterpret_cast<uintptr_t>(memory);
    if (!pinned) {
        address = s.next_address;
        s.next_address += (bytes + 255) / 256 * 256 + 4096;
        s.devices[static_cast<size_t>(s.contexts[context].device)].used += bytes;
    }
    (pinned ? s.pinned : s.device_memory).emplace(address, Memory{context, bytes, {memory, free}});
    return address;
}

void drop_memory(std::map<uintptr_t, Memory> &from, uintptr_t address) {
    State &s = state();
    auto found = from.find(address);
    if (&from == &s.device_memory) {
        s.devices[static_cast<size_t>(s.contexts[found->second.context].device)].used -= found->second.bytes;
    }
    from.erase(found);
}

static const std::pair<const uintptr_t, Memory> *holding(const std::map<uintptr_t, Memory> &in, uintptr_t address, size_t bytes) {
    auto after = in.upper_bound(address);
    if (after == in.begin()) {
        return nullptr;
    }
    const auto &found = *std::prev(after);
    size_t offset = address - found.first;
    return offset <= found.second.bytes && bytes <= found.second.bytes - offset ? &found : nullptr;
}

char *device_bytes(Handle context, uintptr_t address, size_t bytes, uintptr_t *base) {
    auto found = holding(state().device_memory, address, bytes);
    if (!found || found->second.context != context) {
        return nullptr;
    }
    *base = found->first;
    return found->second.host.get() + (address - found->first);
}

bool is_pinned(const void *address, size_t bytes, uintptr_t *base) {
    auto found = holding(state().pinned, reinterpret_cast<uintptr_t>(address), bytes);
    if (found) {
        *base = found->first;
    }
    return found != nullptr;
}

void cancel(uintptr_t base) {
    for (auto &stream : state().streams) {
        for (Work &work : stream.second.queue) {
            if (std::find(work.uses.begin(), work.uses.end(), base) != work.uses.end()) {
                work.run = [] { return 0; };
            }
        }
    }
}

bool is_used(uintptr_t base, std::string *by) {
    for (const auto &stream : state().streams) {
        for (const Work &work : stream.second.queue) {
            for (uintptr_t used : work.uses) {
                if (used == base) {
                    *by = work.what;
                    return true;
                }
            }
        }
    }
    return false;
}
