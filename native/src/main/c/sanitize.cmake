# What the compiler is told when the library is built under the sanitizers. Less is inlined: the same source, in a quarter of the time. Of clang, only AddressSanitizer: its
# other checks take minutes to compile in code of vectors; those are gcc's.
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
  set(LC_SANITIZERS_OF_LIBRARY -fsanitize=address)
else()
  set(LC_SANITIZERS_OF_LIBRARY -fsanitize=address,undefined)
endif()
list(APPEND LC_SANITIZERS_OF_LIBRARY -fno-sanitize-recover=all -O1 -g1 -DLC_INLINE=inline)
