if(LINLI_SANITIZE)
  add_compile_options(-fsanitize=${LINLI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${LINLI_SANITIZE})
endif()
