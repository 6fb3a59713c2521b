/*
 * Launches for a real GPU in the emulator's place: the tests that hold the emulated kernels against the scalar tier then hold those of the machine code to be shipped. The driver is
 * opened when the test begins; nothing of CUDA is linked.
 *
 * The kernels work on the test's own memory, where it lies: its static data, the stack that it runs on and the conformance test's regions are registered with the driver, each for
 * itself, so that what lies before and after a region is not mapped for the device either, and an access there is its error 700.
 */
#define _GNU_SOURCE
#include "emulated.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The test's own main, which is compiled by this name. */
int lc_tested_main(int count, char **arguments);
#ifdef LC_TEST_HAS_REGIONS
#include "conformance.h"
#endif

typedef void *handle;
static int (*init)(unsigned), (*device_get)(int *, int), (*device_name)(char *, int, int), (*context_create)(handle *, unsigned, int), (*context_set)(handle);
static int (*load)(handle *, const void *), (*function_get)(handle *, handle, const char *), (*host_register)(void *, size_t, unsigned), (*synchronize)(void);
static int (*start)(handle, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, handle, void **, void **);
static handle context, module;

extern char __data_start[], _end[];
enum { PAGE = 4096, STACK_BYTES = 4 << 20, IMAGE_BYTES = 16 << 20 };
static _Alignas(PAGE) char stack[STACK_BYTES];

static void require(int status, const char *call) {
    if (status) {
        printf("FAILED %s: CUDA error %d\n", call, status);
        exit(2);
    }
}

/* Memory that the device may use at the same address. */
static void share(char *from, char *to) {
    from = (char *)((uintptr_t)from & ~(uintptr_t)(PAGE - 1));
    to = (char *)(((uintptr_t)to + PAGE - 1) & ~(uintptr_t)(PAGE - 1));
    require(host_register(from, (size_t)(to - from), 2), "cuMemHostRegister"); /* 2: mapped */
}

static void find(handle driver, const char *name, void *function) {
    handle found = dlsym(driver, name);
    if (!found) {
        printf("FAILED the driver has no %s\n", name);
        exit(2);
    }
    memcpy(function, &found, sizeof found);
}

static void open_driver(void) {
    handle driver = dlopen("libcuda.so.1", RTLD_NOW);
    int device = 0;
    char name[128] = "";
    if (!driver) {
        printf("nothing was tried on a GPU: %s\n", dlerror());
        exit(0);
    }
    find(driver, "cuInit", &init);
    find(driver, "cuDeviceGet", &device_get);
    find(driver, "cuDeviceGetName", &device_name);
    find(driver, "cuCtxCreate_v2", &context_create);
    find(driver, "cuCtxSetCurrent", &context_set);
    find(driver, "cuModuleLoadData", &load);
    find(driver, "cuModuleGetFunction", &function_get);
    find(driver, "cuMemHostRegister_v2", &host_register);
    find(driver, "cuCtxSynchronize", &synchronize);
    find(driver, "cuLaunchKernel", &start);
    const int status = init(0);
    if (status == 100) {
        puts("nothing was tried on a GPU: the driver finds no device");
        exit(0);
    }
    require(status, "cuInit");
    require(device_get(&device, 0), "cuDeviceGet");
    require(device_name(name, sizeof name, device), "cuDeviceGetName");
    require(context_create(&context, 0, device), "cuCtxCreate");
    printf("device %s\n", name);
}

/* The image that is to be shipped, or its PTX, which is text and ends with a zero. */
static void load_image(const char *path) {
    static char image[IMAGE_BYTES];
    FILE *file = fopen(path, "rb");
    const size_t bytes = file ? fread(image, 1, sizeof image - 1, file) : 0;
    if (bytes == 0 || bytes == sizeof image - 1) {
        printf("FAILED to read %s\n", path);
        exit(2);
    }
    fclose(file);
    image[bytes] = 0;
    require(load(&module, image), "cuModuleLoadData");
}

int emu_has(const char *kernel) {
    handle function;
    return function_get(&function, module, kernel) == 0;
}

/* The device has an order of its own. */
void emu_set_schedule(uint64_t schedule) { (void)schedule; }

int emu_launch(const char *kernel, unsigned grid_x, unsigned block_x, void **params) {
    handle function;
    int status = function_get(&function, module, kernel);
    status = status ? status : start(function, grid_x, 1, 1, block_x, 1, 1, 0, 0, params, 0);
    status = status ? status : synchronize();
    if (status) {
        printf("FAILED %s: CUDA error %d\n", kernel, status);
    }
    return status != 0;
}

typedef struct {
    int count;
    char **arguments;
    int result;
} call;

static void *on_shared_stack(void *argument) {
    call *c = argument;
    require(context_set(context), "cuCtxSetCurrent");
    c->result = lc_tested_main(c->count, c->arguments);
    return 0;
}

/* `lc_gpu_conformance IMAGE WORDS...`, and the same for long rows. Where there is no device it says so, and that is no failure. */
int main(int count, char **arguments) {
    call c = {count - 1, arguments + 1, 2};
    pthread_attr_t attributes;
    pthread_t thread;
    if (count < 2) {
        fputs("which image? the .fatbin or the .ptx\n", stderr);
        return 2;
    }
    open_driver();
    load_image(arguments[1]);
    share(__data_start, _end);
#ifdef LC_TEST_HAS_REGIONS
    for (int region = 0; region < LC_REGIONS; region++) {
        share(lc_region(region), lc_region(region) + LC_REGION_BYTES);
    }
#endif
    if (pthread_attr_init(&attributes) || pthread_attr_setstack(&attributes, stack, sizeof stack) ||
        pthread_create(&thread, &attributes, on_shared_stack, &c) || pthread_join(thread, 0)) {
        fputs("no thread on a stack of one's own\n", stderr);
        return 2;
    }
    return c.result;
}
