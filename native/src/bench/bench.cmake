# What one kernel costs with everything in the nearest caches: cmake --build . --target lc_kernel_bench, see c/kernel_bench.c and instructions.sh.
add_executable(lc_kernel_bench EXCLUDE_FROM_ALL "${CMAKE_CURRENT_LIST_DIR}/c/kernel_bench.c")
target_include_directories(lc_kernel_bench PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
target_compile_options(lc_kernel_bench PRIVATE ${LC_FLAGS})
target_link_libraries(lc_kernel_bench PRIVATE latent_convergence)
