# Writes a text file as a C++ constant. Usage: cmake -DINPUT=… -DOUTPUT=… -DNAME=… -DNAMESPACE=… -DHEADER=… -P EmbedText.cmake
foreach(argument INPUT OUTPUT NAME NAMESPACE HEADER)
  if(NOT DEFINED ${argument})
    message(FATAL_ERROR "EmbedText.cmake: ${argument} is missing")
  endif()
endforeach()

file(READ "${INPUT}" text)
set(delimiter "embedded")
string(FIND "${text}" ")${delimiter}\"" clash)
if(NOT clash EQUAL -1)
  message(FATAL_ERROR "${INPUT} holds the end mark of the literal it is to be written in")
endif()

# Some compilers allow only 16 KB in one literal, so the text is cut into adjacent literals, which the compiler joins. A cut
# inside a UTF-8 sequence is harmless: string(SUBSTRING) counts bytes, and the compiler joins them again.
string(LENGTH "${text}" length)
set(literals "")
set(position 0)
while(position LESS length)
  string(SUBSTRING "${text}" ${position} 8000 chunk)
  string(APPEND literals "\n    R\"${delimiter}(${chunk})${delimiter}\"")
  math(EXPR position "${position} + 8000")
endwhile()

get_filename_component(file "${INPUT}" NAME)
file(WRITE "${OUTPUT}" "// Made from ${file} by EmbedText.cmake.
#include \"${HEADER}\"

namespace ${NAMESPACE} {

const std::string_view ${NAME} =${literals};

}  // namespace ${NAMESPACE}
")
