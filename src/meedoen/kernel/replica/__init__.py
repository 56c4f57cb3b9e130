"""The database backend of a replica (``base``): PostgreSQL that is only read, and not waited for."""
