// Nothing is declared here: what name_service.c defines is declared by the system's own headers.
