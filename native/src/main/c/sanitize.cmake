# What the compiler is told when the library is built under the sanitizers. Less is inlined: the same source, in a quarter of the time.
if(CMAKE_C_COMPILER_ID MATCHES "Clang") # whose checks of every pointer make vectors slow to compile
  set(LC_SANITIZERS_OF_LIBRARY -fsanitize=address,shift,signed-integer-overflow,integer-divide-by-zero,bounds)
else()
  set(LC_SANITIZERS_OF_LIBRARY -fsanitize=address,undefined)
endif()
list(APPEND LC_SANITIZERS_OF_LIBRARY -fno-sanitize-recover=all -O1 -g1 -DLC_INLINE=inline)
