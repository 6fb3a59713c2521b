# What the compiler is told when the library is built under the sanitizers. Less is inlined: the same source, in a quarter of the time. Of clang, only AddressSanitizer: its
# other checks take minutes to compile in code of vectors; those are gcc's.
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
  set(LC_SANITIZERS_OF_LIBRARY -fsanitize=address)
else()
  set(LC_SANITIZERS_OF_LIBRARY -fsanitize=address,undefined)
endif()
list(APPEND LC_SANITIZERS_OF_LIBRARY -fno-sanitize-recover=all -O1 -g1 -DLC_INLINE=inline)

# gcc's own functions for it, under names that do not depend on the compiler's version: a JVM that loads the library has to load them first.
if(LC_SANITIZE AND NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
  foreach(runtime libasan.so libubsan.so)
    execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=${runtime} OUTPUT_VARIABLE file OUTPUT_STRIP_TRAILING_WHITESPACE)
    file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/runtime")
    file(CREATE_LINK "${file}" "${CMAKE_BINARY_DIR}/runtime/${runtime}" SYMBOLIC)
  endforeach()
endif()
