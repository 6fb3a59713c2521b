# The conformance test and what runs it: on this machine under the sanitizers, on the disk of an emulated x86-64, and for a 64-bit Arm. The target
# lc_conformance_all builds what can be built here; `cmake -P conformance.cmake` in the build folder runs it, see emulation/run.cmake.
set(LC_CONFORMANCE_FOLDER "${CMAKE_CURRENT_LIST_DIR}")
set(LC_CONFORMANCE conformance.c conformance_numbers.c conformance_run.c conformance_text.c conformance_tile.c conformance_wrong.c)
list(TRANSFORM LC_CONFORMANCE PREPEND "${LC_CONFORMANCE_FOLDER}/")
get_target_property(LC_SOURCES latent_convergence SOURCES)
add_custom_target(lc_conformance_all)

add_executable(lc_conformance EXCLUDE_FROM_ALL ${LC_SOURCES} ${LC_CONFORMANCE} "${LC_CONFORMANCE_FOLDER}/conformance_main.c")
target_include_directories(lc_conformance PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
target_compile_options(lc_conformance PRIVATE ${LC_FLAGS} -O1 -g1)
if(LC_HAS_SANITIZERS)
  target_compile_options(lc_conformance PRIVATE ${LC_SANITIZERS})
  target_link_options(lc_conformance PRIVATE ${LC_SANITIZERS})
endif()
add_dependencies(lc_conformance_all lc_conformance)

# The same with a scalar tier that errs as Bochs does; the other tiers are the library's.
set(LC_LIKE_BOCHS "")
if(LC_PROCESSOR STREQUAL "x86_64")
  add_library(lc_scalar_like_bochs OBJECT EXCLUDE_FROM_ALL tier_scalar.c)
  target_include_directories(lc_scalar_like_bochs PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_compile_options(lc_scalar_like_bochs PRIVATE ${LC_FLAGS} -include "${LC_CONFORMANCE_FOLDER}/emulation/bochs_fma.h")
  add_executable(lc_conformance_bochs EXCLUDE_FROM_ALL ${LC_CONFORMANCE} "${LC_CONFORMANCE_FOLDER}/conformance_main.c"
    $<TARGET_OBJECTS:lc_scalar_like_bochs> $<FILTER:$<TARGET_OBJECTS:latent_convergence>,EXCLUDE,tier_scalar>)
  target_include_directories(lc_conformance_bochs PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_compile_options(lc_conformance_bochs PRIVATE ${LC_FLAGS})
  add_dependencies(lc_conformance_all lc_conformance_bochs)
  set(LC_LIKE_BOCHS "$<TARGET_FILE:lc_conformance_bochs>")
endif()

# A disk that an x86-64 starts from, with the very objects of the library on it.
set(LC_DISK "")
if(LC_PROCESSOR STREQUAL "x86_64" AND LC_SYSTEM STREQUAL "linux")
  enable_language(ASM)
  set(LC_LAYOUT "${LC_CONFORMANCE_FOLDER}/emulation/payload.ld")
  add_executable(lc_bare EXCLUDE_FROM_ALL ${LC_CONFORMANCE} "${LC_CONFORMANCE_FOLDER}/emulation/boot.S" "${LC_CONFORMANCE_FOLDER}/emulation/bare.c"
    "${LC_CONFORMANCE_FOLDER}/emulation/fma.c" "${LC_CONFORMANCE_FOLDER}/emulation/instructions.c" $<TARGET_OBJECTS:latent_convergence>)
  target_include_directories(lc_bare PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_compile_options(lc_bare PRIVATE $<$<COMPILE_LANGUAGE:C>:${LC_FLAGS};-march=x86-64;-ffreestanding;-fno-pie;-fno-stack-protector>)
  target_link_options(lc_bare PRIVATE -static -nostdlib -no-pie "-Wl,-T,${LC_LAYOUT}" -Wl,--build-id=none)
  set_target_properties(lc_bare PROPERTIES LINK_DEPENDS "${LC_LAYOUT}")
  set(LC_DISK "${CMAKE_CURRENT_BINARY_DIR}/conformance.img")
  add_custom_command(OUTPUT "${LC_DISK}"
    COMMAND ${CMAKE_OBJCOPY} -O binary --gap-fill 0 --pad-to 8257536 $<TARGET_FILE:lc_bare> "${LC_DISK}"
    DEPENDS lc_bare VERBATIM)
  add_custom_target(lc_disk DEPENDS "${LC_DISK}")
  add_dependencies(lc_conformance_all lc_disk)
endif()

# A static program for a 64-bit Arm.
set(LC_AARCH64 "")
find_program(LC_AARCH64_GCC aarch64-linux-gnu-gcc)
if(LC_AARCH64_GCC AND NOT LC_PROCESSOR STREQUAL "aarch64")
  execute_process(COMMAND ${LC_AARCH64_GCC} -print-file-name=libc.a OUTPUT_VARIABLE LC_AARCH64_LIBC OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(IS_ABSOLUTE "${LC_AARCH64_LIBC}")
    set(LC_AARCH64 "${CMAKE_CURRENT_BINARY_DIR}/lc_conformance_aarch64")
    set(LC_AARCH64_OBJECTS "")
    foreach(source library.c tier_scalar.c tier_neon.c ${LC_CONFORMANCE} "${LC_CONFORMANCE_FOLDER}/conformance_main.c")
      get_filename_component(name "${source}" NAME_WE)
      get_filename_component(path "${source}" ABSOLUTE)
      set(object "${CMAKE_CURRENT_BINARY_DIR}/aarch64/${name}.o")
      add_custom_command(OUTPUT "${object}"
        COMMAND ${CMAKE_COMMAND} -E make_directory "${CMAKE_CURRENT_BINARY_DIR}/aarch64"
        COMMAND ${LC_AARCH64_GCC} -std=c11 ${LC_FLAGS} -march=armv8-a $<$<STREQUAL:${name},tier_scalar>:-Os> "-I${CMAKE_CURRENT_SOURCE_DIR}"
          -MD -MF "${object}.d" -c "${path}" -o "${object}"
        DEPENDS "${path}" DEPFILE "${object}.d" COMMAND_EXPAND_LISTS VERBATIM)
      list(APPEND LC_AARCH64_OBJECTS "${object}")
    endforeach()
    add_custom_command(OUTPUT "${LC_AARCH64}"
      COMMAND ${LC_AARCH64_GCC} -static -o "${LC_AARCH64}" ${LC_AARCH64_OBJECTS}
      DEPENDS ${LC_AARCH64_OBJECTS} VERBATIM)
    add_custom_target(lc_aarch64 DEPENDS "${LC_AARCH64}")
    add_dependencies(lc_conformance_all lc_aarch64)
  endif()
endif()

# The CUDA kernels, emulated.
set(LC_EMULATED "")
set(LC_LONG_ROWS "")
set(LC_EMULATED_THREADS "")
set(LC_PLANTED "")
include("${LC_CONFORMANCE_FOLDER}/../cuda/emulation.cmake")

file(GENERATE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/conformance.cmake" CONTENT
"set(HOSTED \"$<TARGET_FILE:lc_conformance>\")
set(LIKE_BOCHS \"${LC_LIKE_BOCHS}\")
set(DISK \"${LC_DISK}\")
set(AARCH64 \"${LC_AARCH64}\")
set(EMULATED \"${LC_EMULATED}\")
set(LONG_ROWS \"${LC_LONG_ROWS}\")
set(EMULATED_THREADS \"${LC_EMULATED_THREADS}\")
set(PLANTED \"${LC_PLANTED}\")
set(PROCESSOR \"${LC_PROCESSOR}\")
include(\"${LC_CONFORMANCE_FOLDER}/emulation/run.cmake\")
")
