# Errors to plant in the CUDA kernels: where, and who finds it:
#   differs   results that are not the scalar tier's
#   emulator  the emulator's own checks
#   fault     memory that may not be touched
#   race      ThreadSanitizer; the results may be right, by luck
#   long-race the same, in rows of many blocks
set(LC_PLANTED_ERRORS "")
function(lc_error name finder file what instead)
  list(APPEND LC_PLANTED_ERRORS ${name})
  set(LC_PLANTED_ERRORS ${LC_PLANTED_ERRORS} PARENT_SCOPE)
  foreach(part finder file what instead)
    set(PLANTED_${name}_${part} "${${part}}" PARENT_SCOPE)
  endforeach()
endfunction()

lc_error(tail differs types.h "a = count > 0 ?" "a = count > 1 ?")
lc_error(beyond fault types.h "b = count > 1 ?" "b = count > 0 ?")
lc_error(grid differs measure_tile.h "int64_t item = (int64_t)blockIdx.x" "int64_t item = (int64_t)(blockIdx.x / 2)")
lc_error(tree differs lanes.h "int apart = 4; apart > 0; apart /= 2) {  " "int apart = 1; apart < 8; apart *= 2) {  ")
lc_error(order differs sweep_rows.h "row + b * apart" "row + (blocks - 1 - b) * apart")
lc_error(nan differs lanes.h "return u > v ? u : v;\n}\nLC_FUNCTION float" "return u > v && u <= 0x7f800000u ? u : v;\n}\nLC_FUNCTION float")
lc_error(shared differs measure_tile.h "team->sums[e / 4][e % 4] = 0" "team->sums[e / 4][e % 4] += 0")
lc_error(redo differs measure_tile.h "asked->r, asked->wide, &kernel" "asked->r, 0, &kernel")
lc_error(mask emulator lanes.h "LC_ALL_OF_WARP = -1" "LC_ALL_OF_WARP = 0x7fffffff")
lc_error(divergence emulator sweep_rows.h "lc_sync(me);\n            lc_add_blocks" "if (me->pair < 7) lc_sync(me);\n            lc_add_blocks")
lc_error(barrier race sweep_rows.h "lc_sync(me);\n            lc_add_blocks" "lc_add_blocks")
lc_error(barrier-after long-race sweep_rows.h "at_once ? blocks - round : at_once);\n            lc_sync(me);" "at_once ? blocks - round : at_once);")
lc_error(barrier-before race measure_tile.h "[e % 4] = 0;\n    }\n    lc_sync(me);" "[e % 4] = 0;\n    }")
lc_error(barrier-end race sweep_rows.h "    lc_sync(me);\n}\n\n#endif" "}\n\n#endif")

# Copies the kernels with one error into a folder; that it no longer fits its place is an error of the build.
function(plant error folder)
  file(GLOB sources "${LC_CUDA_FOLDER}/*.h" "${LC_CUDA_FOLDER}/*.cu" "${LC_CUDA_FOLDER}/*.def")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
  foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME)
    file(READ "${source}" text)
    if(name STREQUAL PLANTED_${error}_file)
      string(REPLACE "${PLANTED_${error}_what}" "${PLANTED_${error}_instead}" changed "${text}")
      if(changed STREQUAL text)
        message(FATAL_ERROR "the error '${error}' cannot be planted: ${name} has changed")
      endif()
      set(text "${changed}")
    endif()
    file(WRITE "${folder}/${name}.new" "${text}")
    file(COPY_FILE "${folder}/${name}.new" "${folder}/${name}" ONLY_IF_DIFFERENT)
    file(REMOVE "${folder}/${name}.new")
  endforeach()
endfunction()
