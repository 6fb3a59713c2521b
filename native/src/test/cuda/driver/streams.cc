/* Streams, events, and work that is queued in them. */
#include "kernels.h"
#include "standin.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

int enqueue(Call &call, Handle stream, Work work) {
    auto found = state().streams.find(stream);
    if (found == state().streams.end() || found->second.context != call.context) {
        return call.refuse(INVALID_HANDLE, "in a stream that is not one of this context");
    }
    found->second.queue.push_back(std::move(work));
    found->second.asked = false;
    state().changed.notify_all();
    return state().immediate ? drain(stream, [] { return false; }) : SUCCESS;
}

int drain(Handle stream, const std::function<bool()> &enough) {
    Stream &s = state().streams[stream];
    int &sticky = state().contexts[s.context].sticky;
    while (!s.queue.empty() && !sticky && !enough()) {
        Work work = std::move(s.queue.front());
        s.queue.pop_front();
        sticky = work.run();
    }
    if (sticky) {
        s.queue.clear();
    }
    return sticky;
}

EXPORT int cuStreamCreate(Handle *stream, unsigned flags) {
    CALL_INSIDE
    if (flags > 1) {
        return call.refuse(INVALID_VALUE, "with flags that there are not");
    }
    *stream = state().next += 16;
    state().streams[*stream].context = call.context;
    return SUCCESS;
}

static bool is_stream(const Call &call, Handle stream) {
    auto found = state().streams.find(stream);
    return found != state().streams.end() && found->second.context == call.context;
}

static bool has_kernel(const Stream &stream) {
    return std::any_of(stream.queue.begin(), stream.queue.end(), [](const Work &w) { return w.what.rfind("kernel", 0) == 0; });
}

/* Where a test wants it: a stream with a kernel waits until another stream has something queued. */
static void wait_for_overlap(Call &call, Handle stream) {
    State &s = state();
    if (s.overlaps == 0 || !has_kernel(s.streams[stream])) {
        return;
    }
    Handle context = call.context;
    bool overlap = s.changed.wait_for(call.guard, std::chrono::seconds(30), [&s, context, stream] {
        return s.overlaps == 0 || std::any_of(s.streams.begin(), s.streams.end(), [=](const auto &other) {
                   return other.first != stream && other.second.context == context && !other.second.queue.empty();
               });
    });
    if (!overlap) {
        misuse("no other stream had anything to do while a kernel waited");
    }
    s.overlaps = std::max(0, s.overlaps - 1);
    s.changed.notify_all();
}

static bool was_asked(Handle stream) {
    std::lock_guard<std::mutex> guard(state().lock);
    auto found = state().streams.find(stream);
    return found != state().streams.end() && std::exchange(found->second.asked, true);
}

/* How often somebody asks is a matter of time: only the first time is counted, so that tests can count. Nothing is done by asking. */
EXPORT int cuStreamQuery(Handle stream) {
    Call call(__func__, !was_asked(stream));
    if (call.inside().status || call.skipped) {
        return call.status;
    }
    if (!is_stream(call, stream)) {
        return call.refuse(INVALID_HANDLE, "of a stream that is not one of this context");
    }
    return state().streams[stream].queue.empty() ? SUCCESS : NOT_READY;
}

EXPORT int cuStreamSynchronize(Handle stream) {
    CALL_INSIDE
    if (!is_stream(call, stream)) {
        return call.refuse(INVALID_HANDLE, "of a stream that is not one of this context");
    }
    wait_for_overlap(call, stream);
    return drain(stream, [] { return false; });
}

EXPORT int cuStreamDestroy_v2(Handle stream) {
    CALL_INSIDE
    if (!is_stream(call, stream)) {
        return call.refuse(INVALID_HANDLE, "of a stream that is not one of this context");
    }
    if (!state().streams[stream].queue.empty()) {
        misuse("cuStreamDestroy_v2 of a stream in which " + state().streams[stream].queue.front().what + " is not done");
    }
    state().streams.erase(stream);
    return SUCCESS;
}

static bool is_event(const Call &call, Handle event) {
    auto found = state().events.find(event);
    return found != state().events.end() && found->second.context == call.context;
}

EXPORT int cuEventCreate(Handle *event, unsigned) {
    CALL_INSIDE
    *event = state().next += 16;
    state().events[*event].context = call.context;
    return SUCCESS;
}

EXPORT int cuEventRecord(Handle event, Handle stream) {
    CALL_INSIDE
    if (!is_event(call, event)) {
        return call.refuse(INVALID_HANDLE, "of an event that is not one of this context");
    }
    state().events[event].done = false;
    state().events[event].stream = stream;
    return enqueue(call, stream, {call.name,
                                  [event] {
                                      auto found = state().events.find(event);
                                      if (found != state().events.end()) {
                                          auto now = std::chrono::steady_clock::now().time_since_epoch();
                                          found->second.done = true;
                                          found->second.seconds = std::chrono::duration<double>(now).count();
                                      }
                                      return 0;
                                  },
                                  {}});
}

EXPORT int cuEventSynchronize(Handle event) {
    CALL_INSIDE
    if (!is_event(call, event)) {
        return call.refuse(INVALID_HANDLE, "of an event that is not one of this context");
    }
    Event &e = state().events[event];
    return e.done ? SUCCESS : drain(e.stream, [&e] { return e.done; });
}

EXPORT int cuEventElapsedTime(float *milliseconds, Handle start, Handle end) {
    CALL_INSIDE
    if (!is_event(call, start) || !is_event(call, end)) {
        return call.refuse(INVALID_HANDLE, "of an event that is not one of this context");
    }
    const Event &a = state().events[start], &b = state().events[end];
    if (!a.done || !b.done) {
        return NOT_READY;
    }
    *milliseconds = std::max(1e-3f, static_cast<float>((b.seconds - a.seconds) * 1e3)); /* no clock ticks finer */
    return SUCCESS;
}

EXPORT int cuEventDestroy_v2(Handle event) {
    CALL_INSIDE
    if (!is_event(call, event)) {
        return call.refuse(INVALID_HANDLE, "of an event that is not one of this context");
    }
    state().events.erase(event);
    return SUCCESS;
}

EXPORT int cuLaunchKernel(Handle function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, Handle stream,
                          void **parameters, void **extra) {
    CALL_INSIDE
    auto found = state().functions.find(function);
    if (found == state().functions.end() || found->second.context != call.context) {
        return call.refuse(INVALID_HANDLE, "of a function that is not one of this context");
    }
    if (!gx || gy != 1 || gz != 1 || !bx || bx > 1024 || by != 1 || bz != 1 || shared || !parameters || extra) {
        return call.refuse(INVALID_VALUE, "with sizes or parameters that the kernels do not have");
    }
    const Kernel *kernel = found->second.kernel;
    std::vector<uintptr_t> values, uses;
    bool is_pointer[MOST_PARAMETERS];
    const int count = kernel_parameters(kernel, is_pointer);
    for (int i = 0; i < count; i++) { /* copied now, as a real driver does */
        values.push_back(*static_cast<uintptr_t *>(parameters[i]));
        if (is_pointer[i]) {
            uintptr_t base = 0;
            char *host = device_bytes(call.context, values.back(), 1, &base);
            if (!host) {
                return call.refuse(INVALID_VALUE, std::string("of ") + kernel->name + " on memory that is not allocated");
            }
            values.back() = reinterpret_cast<uintptr_t>(host);
            uses.push_back(base);
        }
    }
    std::string what = std::string("kernel:") + kernel->name;
    return enqueue(call, stream, {what,
                                  [=]() mutable {
                                      if (int wanted = fault(what)) {
                                          return wanted;
                                      }
                                      std::vector<void *> pointers;
                                      for (uintptr_t &value : values) {
                                          pointers.push_back(&value);
                                      }
                                      const char *wrong = run_kernel(kernel, gx, bx, pointers.data());
                                      if (wrong) {
                                          fprintf(stderr, "stand-in: %s: %s\n", kernel->name, wrong);
                                      }
                                      return wrong ? static_cast<int>(LAUNCH_FAILED) : 0;
                                  },
                                  uses});
}
