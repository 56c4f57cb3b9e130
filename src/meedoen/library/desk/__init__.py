"""The editing desk: where texts of the library are made, looked at together, published, changed and taken down."""
