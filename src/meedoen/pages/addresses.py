"""What may stand in an address as an unguessable key: what we make ourselves, and nothing that a database chokes on."""

from django.urls import register_converter


class Key:
    """Letters, digits, dashes and underscores, as ``kernel.identifiers.unguessable`` makes them."""

    regex = r"[A-Za-z0-9_-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Key, "key")
