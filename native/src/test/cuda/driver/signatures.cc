/*
 * What cuda.h declares is what the library calls, and the stand-in exports: compiled where the header is, and never linked. Pointers and handles are 8 bytes, sizes 8, devices and
 * flags 4.
 */
#define __CUDA_API_VERSION_INTERNAL /* the functions by their own names, older versions too */
#include <cuda.h>
#include <type_traits>

#define SAME(function, ...) static_assert(std::is_same_v<decltype(&function), CUresult(CUDAAPI *)(__VA_ARGS__)>, #function)
SAME(cuInit, unsigned);
SAME(cuDriverGetVersion, int *);
SAME(cuDeviceGetCount, int *);
SAME(cuDeviceGet, CUdevice *, int);
SAME(cuDeviceGetName, char *, int, CUdevice);
SAME(cuDeviceGetAttribute, int *, CUdevice_attribute, CUdevice);
SAME(cuDeviceTotalMem_v2, size_t *, CUdevice);
SAME(cuCtxCreate_v2, CUcontext *, unsigned, CUdevice);
SAME(cuCtxDestroy_v2, CUcontext);
SAME(cuCtxPushCurrent_v2, CUcontext);
SAME(cuCtxPopCurrent_v2, CUcontext *);
SAME(cuModuleLoadData, CUmodule *, const void *);
SAME(cuModuleGetFunction, CUfunction *, CUmodule, const char *);
SAME(cuModuleGetGlobal_v2, CUdeviceptr *, size_t *, CUmodule, const char *);
SAME(cuOccupancyMaxActiveBlocksPerMultiprocessor, int *, CUfunction, int, size_t);
SAME(cuMemGetInfo_v2, size_t *, size_t *);
SAME(cuMemAlloc_v2, CUdeviceptr *, size_t);
SAME(cuMemFree_v2, CUdeviceptr);
SAME(cuMemHostAlloc, void **, size_t, unsigned);
SAME(cuMemFreeHost, void *);
SAME(cuMemcpyHtoDAsync_v2, CUdeviceptr, const void *, size_t, CUstream);
SAME(cuMemcpyDtoHAsync_v2, void *, CUdeviceptr, size_t, CUstream);
SAME(cuMemcpyDtoDAsync_v2, CUdeviceptr, CUdeviceptr, size_t, CUstream);
SAME(cuStreamCreate, CUstream *, unsigned);
SAME(cuStreamQuery, CUstream);
SAME(cuStreamSynchronize, CUstream);
SAME(cuStreamDestroy_v2, CUstream);
SAME(cuEventCreate, CUevent *, unsigned);
SAME(cuEventRecord, CUevent, CUstream);
SAME(cuEventSynchronize, CUevent);
SAME(cuEventElapsedTime, float *, CUevent, CUevent);
SAME(cuEventDestroy_v2, CUevent);
SAME(cuLaunchKernel, CUfunction, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, CUstream, void **, void **);
SAME(cuGetErrorName, CUresult, const char **);
SAME(cuGetErrorString, CUresult, const char **);
static_assert(sizeof(CUdeviceptr) == 8 && sizeof(CUcontext) == 8 && sizeof(CUdevice) == 4 && sizeof(CUresult) == 4 && sizeof(size_t) == 8);
static_assert(CU_CTX_SCHED_BLOCKING_SYNC == 4 && CU_STREAM_NON_BLOCKING == 1 && CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT == 16 &&
              CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR == 75 && CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR == 76);
/* Errors that another image may help against, and those that end a context. */
static_assert(CUDA_ERROR_NOT_READY == 600 && CUDA_ERROR_NO_DEVICE == 100 && CUDA_ERROR_INVALID_IMAGE == 200 && CUDA_ERROR_NO_BINARY_FOR_GPU == 209 && CUDA_ERROR_INVALID_PTX == 218 &&
              CUDA_ERROR_UNSUPPORTED_PTX_VERSION == 222);
static_assert(CUDA_ERROR_ECC_UNCORRECTABLE == 214 && CUDA_ERROR_NVLINK_UNCORRECTABLE == 220 && CUDA_ERROR_ILLEGAL_ADDRESS == 700 &&
              CUDA_ERROR_LAUNCH_TIMEOUT == 702 && CUDA_ERROR_CONTEXT_IS_DESTROYED == 709 && CUDA_ERROR_ASSERT == 710 &&
              CUDA_ERROR_HARDWARE_STACK_ERROR == 714 && CUDA_ERROR_ILLEGAL_INSTRUCTION == 715 && CUDA_ERROR_MISALIGNED_ADDRESS == 716 &&
              CUDA_ERROR_INVALID_ADDRESS_SPACE == 717 && CUDA_ERROR_INVALID_PC == 718 && CUDA_ERROR_LAUNCH_FAILED == 719);
